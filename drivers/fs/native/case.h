/*
 * Cases: lines of text, each a few operations on an empty directory and what they return.
 *
 *   mkdir d 0755 ; as 1 1 ; creat d/x => EACCES ; stat d/x => ENOENT
 *
 * Operations are apart by ';'. Each may say what it returns: the name of an error, or a number
 * (decimal, 0 octal, 0x). One that says nothing must not fail. <a|b> in a line makes it a case for
 * a and one for b; {255} is a name of that many letters, {/100} a path of that many bytes that
 * stays where it is. A line that begins with a blank goes on with the one before. "not-linux" in
 * front: Linux cannot judge it, as it needs several processes or differs on purpose. '#' begins a
 * comment.
 */
#ifndef FS_CASE_H
#define FS_CASE_H

#include <ringside-rt/fs.h>

#define CASE_WORDS 12
#define CASE_LINE 32768

struct case_words {
    const char *word[CASE_WORDS];
    unsigned count;
};

/** Where cases run; one for volumes, one for Linux itself. */
struct case_world {
    /** An empty directory as working directory, process 1 of uid 0, umask 022; nothing open. */
    void (*begin)(void);
    /** All that the case left is gone. */
    void (*end)(void);
    void (*become)(const struct fs_credentials *credentials);
    /** Goes on as process number n, made when it is new; false: there are none here. */
    bool (*switch_to)(unsigned number);
    /** Until the end of the case nothing can be changed; false: that cannot be had here. */
    bool (*read_only)(void);
    /** The process that runs. */
    struct fs_process *(*process)(void);
};

/** What one operation returns; exits when there is no such operation. */
int64_t case_operation(const struct case_world *world, const struct case_words *words);

/** The number of an error by its name, or the number that a word is. */
int64_t case_number(const char *word);
const char *case_error(int64_t value, char *buffer, size_t size);

/**
 * Runs the cases of a file, adding to their count; on_linux: those that it judges.
 *
 * @return how many fail
 */
unsigned case_run_file(const struct case_world *world, const char *file, bool on_linux,
                       unsigned *count);

#endif
