/** The engine on libunicorn: QEMU's translator as a library, bound with java.lang.foreign. */
package ringside.cpu.unicorn;
