/*
 * A tree of files, told or made.
 */
#ifndef TREE_H
#define TREE_H

/** A line for each name: kind and permissions, owner, size, a hash of the content, attributes. */
void tree_tell(const char *path);

/** Files of all kinds, with holes, long names, links, attributes and times, below a directory. */
void tree_make(const char *directory);

#endif
