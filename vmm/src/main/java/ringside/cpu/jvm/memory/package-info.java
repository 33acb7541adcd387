/** Guest memory as the engine sees it: page tables, software TLB, code pages, atomics. */
package ringside.cpu.jvm.memory;
