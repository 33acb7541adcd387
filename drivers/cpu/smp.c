/*
 * The life of a vCPU other than 0: initialised once, straight into 64-bit mode on our page tables;
 * after each job it takes itself down, and the next VCPUOP_up lets it go on from there.
 *
 * Invariant: whether a job runs and who waits for its end change together, under one lock.
 */
#include <ringside-rt/cpu.h>
#include <ringside-rt/event.h>
#include <ringside-rt/hypercall.h>
#include <ringside-rt/memory.h>
#include <ringside-rt/paging.h>
#include <ringside-rt/percpu.h>
#include <ringside-rt/smp.h>
#include <ringside-rt/string.h>
#include <ringside-rt/thread.h>

#define STACK_PAGES (THREAD_STACK_SIZE / PAGE_SIZE)

struct vcpu_job {
    struct percpu *percpu; /* NULL: never started */
    void (*fn)(void *);
    void *arg;
    bool running;
    struct thread *joiner;
    int kick_port; /* 0: none yet */
};

static struct vcpu_job jobs[VCPUS_MAX];
static struct spinlock lock;

/* That it came is all there is to it. */
static void kicked(evtchn_port_t port, void *arg)
{
    (void)port;
    (void)arg;
}

static int bind_kick(unsigned vcpu)
{
    if (jobs[vcpu].kick_port > 0)
        return 0;
    int port = event_bind_ipi(vcpu);
    if (port < 0)
        return port;
    event_handler_set((evtchn_port_t)port, kicked, NULL);
    jobs[vcpu].kick_port = port;
    return 0;
}

void smp_kick(unsigned vcpu)
{
    if (jobs[vcpu].kick_port > 0)
        event_send((evtchn_port_t)jobs[vcpu].kick_port);
}

unsigned smp_vcpus(void)
{
    unsigned n = 1;
    while (n < VCPUS_MAX && HYPERVISOR_vcpu_op(VCPUOP_is_up, n, NULL) >= 0)
        n++;
    return n;
}

static void job_over(struct vcpu_job *job)
{
    bool irq = spin_lock(&lock);
    struct thread *joiner = job->joiner;
    job->joiner = NULL;
    job->running = false;
    spin_unlock(&lock, irq);
    if (joiner)
        thread_wake(joiner);
}

/* First C code of a vCPU: flat segments, interrupts off, nothing else. */
static NORETURN void vcpu_main(struct percpu *p, unsigned vcpu)
{
    percpu_install(p, vcpu);
    p->info = &shared_info.vcpu_info[vcpu];
    struct vcpu_job *job = &jobs[vcpu];
    for (;;) {
        irq_enable();
        job->fn(job->arg);
        irq_disable();
        job_over(job);
        HYPERVISOR_vcpu_op(VCPUOP_down, vcpu, NULL);
    }
}

static int initialise(unsigned vcpu)
{
    struct percpu *p = page_alloc(ALIGN_UP(sizeof(*p), PAGE_SIZE) / PAGE_SIZE);
    char *stack = page_alloc(1 + STACK_PAGES);
    struct vcpu_hvm_context context = {.mode = VCPU_HVM_MODE_64B};
    if (!p || !stack)
        return -XEN_ENOMEM;
    paging_protect((uintptr_t)stack, 1, PAGING_READ);
    context.cpu_regs.x86_64.rip = (uintptr_t)vcpu_main;
    context.cpu_regs.x86_64.rsp = (uintptr_t)stack + PAGE_SIZE + THREAD_STACK_SIZE - 8;
    context.cpu_regs.x86_64.rdi = (uintptr_t)p;
    context.cpu_regs.x86_64.rsi = vcpu;
    context.cpu_regs.x86_64.rflags = 2;
    context.cpu_regs.x86_64.cr0 = CR0_PG | CR0_WP | CR0_NE | CR0_ET | CR0_MP | CR0_PE;
    context.cpu_regs.x86_64.cr3 = read_cr3();
    context.cpu_regs.x86_64.cr4 = CR4_PAE | CR4_OSFXSR | CR4_OSXMMEXCPT;
    context.cpu_regs.x86_64.efer = EFER_LME | EFER_LMA | EFER_NXE;
    long rc = HYPERVISOR_vcpu_op(VCPUOP_initialise, vcpu, &context);
    if (rc) {
        paging_map((uintptr_t)stack, (uintptr_t)stack, 1, PAGING_WRITE);
        page_free(stack, 1 + STACK_PAGES);
        page_free(p, ALIGN_UP(sizeof(*p), PAGE_SIZE) / PAGE_SIZE);
        return (int)rc;
    }
    jobs[vcpu].percpu = p;
    return 0;
}

int smp_start(unsigned vcpu, void (*fn)(void *), void *arg)
{
    if (vcpu == 0 || vcpu >= VCPUS_MAX)
        return -XEN_ENOENT;
    struct vcpu_job *job = &jobs[vcpu];
    if (job->running)
        return -XEN_EBUSY;
    int rc = bind_kick(0);
    if (!rc && !job->percpu)
        rc = initialise(vcpu);
    if (!rc)
        rc = bind_kick(vcpu);
    if (rc)
        return rc;
    /* It may be about to go down still. */
    while (HYPERVISOR_vcpu_op(VCPUOP_is_up, vcpu, NULL) == 1)
        HYPERVISOR_sched_op(SCHEDOP_yield, NULL);
    job->fn = fn;
    job->arg = arg;
    job->running = true; /* nobody else looks before it is up */
    return (int)HYPERVISOR_vcpu_op(VCPUOP_up, vcpu, NULL);
}

void smp_join(unsigned vcpu)
{
    struct vcpu_job *job = &jobs[vcpu];
    bool irq = spin_lock(&lock);
    while (job->running) {
        job->joiner = thread_current();
        thread_block_unlocking(&lock);
        spin_lock(&lock);
    }
    spin_unlock(&lock, irq);
}
