/** Looking into images: what an ELF file holds, and its code as text. */
package ringside.cli.image;
