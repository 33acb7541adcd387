/*
 * Executes code that it is given on the processor of this computer.
 *
 * Orders and answers are in a file that both sides have mapped. A byte on the standard input says
 * how many orders there are; a byte on the standard output that they are answered. Everything of an
 * order's memory is mapped at the addresses that the order's sender has chosen; whatever the code
 * does ends in a signal, whose handler keeps the registers. Invariant: between two orders nothing
 * of the code's registers is left.
 *
 * Does not confine the code: what makes system calls or waits must not be sent.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <ucontext.h>
#include <unistd.h>

#define PAGE 4096
#define SLOTS 64
#define CODE_MOST 4096
#define CODE_SIZE (1 << 20)
#define DATA_PAGES 4 /* two to write, one to read, one for the stack */
#define XSTATE_BV (512 / 8)

/* RAX RCX RDX RBX RSP RBP RSI RDI R8 to R15, as the machine code numbers them. */
static const int registers[16] = {REG_RAX, REG_RCX, REG_RDX, REG_RBX, REG_RSP, REG_RBP,
                                  REG_RSI, REG_RDI, REG_R8,  REG_R9,  REG_R10, REG_R11,
                                  REG_R12, REG_R13, REG_R14, REG_R15};

struct order {
    uint64_t code;
    uint64_t length;
    uint64_t rflags;
    uint64_t general[16];
    uint8_t fx[512];
    uint8_t data[DATA_PAGES * PAGE];
    uint8_t bytes[CODE_MOST];
};

struct answer {
    uint64_t vector;
    uint64_t error;
    uint64_t address;
    uint64_t rip;
    uint64_t rflags;
    uint64_t general[16];
    uint8_t fx[512];
    uint8_t data[DATA_PAGES * PAGE];
};

struct slot {
    struct order order;
    struct answer answer;
};

static struct slot *slot;
static volatile int running;
static ucontext_t before;
static struct _libc_fpstate fx_before;
static uint8_t *data;
static uint8_t *stack;

static void start(ucontext_t *context)
{
    greg_t *g = context->uc_mcontext.gregs;
    before = *context;
    fx_before = *context->uc_mcontext.fpregs;
    for (int i = 0; i < 16; i++)
        g[registers[i]] = (greg_t)slot->order.general[i];
    g[REG_RIP] = (greg_t)slot->order.code;
    g[REG_EFL] = (greg_t)slot->order.rflags;
    /* The last 48 bytes tell the kernel what else it has saved. */
    memcpy(context->uc_mcontext.fpregs, slot->order.fx, 464);
    ((uint64_t *)context->uc_mcontext.fpregs)[XSTATE_BV] |= 3;
    running = 1;
}

static void stop(int number, siginfo_t *info, ucontext_t *context)
{
    greg_t *g = context->uc_mcontext.gregs;
    running = 0;
    slot->answer.vector = number == SIGVTALRM ? 256 : (uint64_t)g[REG_TRAPNO];
    slot->answer.error = (uint64_t)g[REG_ERR];
    slot->answer.address = g[REG_TRAPNO] == 14 ? (uint64_t)g[REG_CR2] : 0;
    slot->answer.rip = (uint64_t)g[REG_RIP];
    slot->answer.rflags = (uint64_t)g[REG_EFL];
    for (int i = 0; i < 16; i++)
        slot->answer.general[i] = (uint64_t)g[registers[i]];
    memcpy(slot->answer.fx, context->uc_mcontext.fpregs, 512);
    for (int i = 0; i < 23; i++)
        g[i] = before.uc_mcontext.gregs[i];
    memcpy(context->uc_mcontext.fpregs, &fx_before, 464);
    (void)info;
}

static void handler(int number, siginfo_t *info, void *context)
{
    if (number == SIGUSR1)
        start(context);
    else if (running)
        stop(number, info, context);
    else if (number != SIGVTALRM)
        _exit(3);
}

static void *map(uint64_t address, size_t length)
{
    void *at = mmap((void *)address, length, PROT_READ | PROT_WRITE | PROT_EXEC,
                    MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
    if (at != (void *)address) {
        perror("mmap");
        _exit(2);
    }
    return at;
}

static void run(void)
{
    struct itimerval limit = {{0, 0}, {2, 0}};
    memcpy((void *)slot->order.code, slot->order.bytes, slot->order.length);
    mprotect(data + 2 * PAGE, PAGE, PROT_READ | PROT_WRITE);
    memcpy(data, slot->order.data, 3 * PAGE);
    mprotect(data + 2 * PAGE, PAGE, PROT_READ);
    memcpy(stack, slot->order.data + 3 * PAGE, PAGE);
    setitimer(ITIMER_VIRTUAL, &limit, 0);
    raise(SIGUSR1);
    memcpy(slot->answer.data, data, 3 * PAGE);
    memcpy(slot->answer.data + 3 * PAGE, stack, PAGE);
}

int main(int count, char **arguments)
{
    static const int signals[] = {SIGUSR1, SIGTRAP, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGVTALRM};
    static uint8_t other_stack[1 << 16];
    uint64_t addresses[3];
    stack_t alternative = {.ss_sp = other_stack, .ss_size = sizeof other_stack};
    struct sigaction action = {.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER};
    struct slot *slots;
    unsigned char orders;
    int file = count == 2 ? open(arguments[1], O_RDWR) : -1;
    if (file < 0 || read(0, addresses, sizeof addresses) != sizeof addresses)
        return 1;
    slots = mmap(0, SLOTS * sizeof *slots, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (slots == MAP_FAILED)
        return 1;
    map(addresses[0], CODE_SIZE);
    data = map(addresses[1], 3 * PAGE);
    stack = map(addresses[2], PAGE);
    sigaltstack(&alternative, 0);
    action.sa_sigaction = handler;
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaction(signals[i], &action, 0);
    while (read(0, &orders, 1) == 1) {
        for (slot = slots; slot < slots + orders; slot++)
            run();
        if (write(1, &orders, 1) != 1)
            return 1;
    }
    return 0;
}
