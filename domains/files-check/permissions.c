/* Two domains of different users: what one may not do, the other may. */
#include "check.h"

#define USER 1000u

static void make(const char *path, mode_t mode)
{
    int fd = open(path, FS_O_CREAT | FS_O_EXCL | FS_O_RDWR, mode);
    test_check(fd >= 0, "%s cannot be made: %s", path, errno_name(-errno));
    test_returns(write(fd, "text", 4), 4);
    test_returns(close(fd), 0);
}

void permissions_of_superuser(void)
{
    make("/secret", 0600);
    make("/public", 0644);
    make("/gift", 0600);
    test_returns(chown("/gift", USER, USER), 0);
    test_returns(mkdir("/closed", 0700), 0);
    make("/closed/open", 0666);
    test_returns(mkdir("/common", 0), 0);
    test_returns(chmod("/common", 01777), 0);
    make("/common/mine", 0666);
    tell("/common/made");

    await("/common/done");
    int fd = open("/common/private", FS_O_RDWR, 0);
    test_check(fd >= 0, "the superuser is kept out: %s", errno_name(-errno));
    struct stat stat;
    test_returns(fstat(fd, &stat), 0);
    test_equal(stat.uid, USER);
    test_equal(stat.gid, USER);
    test_equal(stat.mode & 07777, 0600);
    test_returns(fchown(fd, 0, 0), 0);
    test_returns(setxattr("/public", "trusted.x", "v", 1, 0), 0);
    test_returns(mknod("/device", FS_S_IFCHR | 0600, 0x103), 0);
    test_returns(unlink("/common/private"), 0);
}

static void kept_out(void)
{
    refused(open("/secret", FS_O_RDONLY, 0), EACCES);
    refused(open("/public", FS_O_RDWR, 0), EACCES);
    refused(open("/closed/open", FS_O_RDONLY, 0), EACCES);
    refused(open("/closed", FS_O_RDONLY | FS_O_DIRECTORY, 0), EACCES);
    refused(open("/new", FS_O_CREAT | FS_O_WRONLY, 0666), EACCES);
    refused(chdir("/closed"), EACCES);
    refused(mkdir("/new", 0777), EACCES);
    refused(unlink("/public"), EACCES);
    refused(truncate("/public", 0), EACCES);
    refused(rename("/gift", "/common/gift"), EACCES);
    refused(access("/public", FS_W_OK), EACCES);
    refused(setxattr("/public", "user.x", "v", 1, 0), EACCES);
}

static void not_the_owner(void)
{
    const struct ivmc_file_time then[2] = {{.seconds = 1}, {.seconds = 2}};
    refused(chmod("/public", 0666), EPERM);
    refused(chown("/public", USER, USER), EPERM);
    refused(chown("/gift", 0, 0), EPERM);
    refused(utimensat(FS_AT_FDCWD, "/public", then, 0), EPERM);
    refused(unlink("/common/mine"), EPERM);
    refused(rename("/common/mine", "/common/yours"), EPERM);
    refused(setxattr("/gift", "trusted.x", "v", 1, 0), EPERM);
    refused(mknod("/common/device", FS_S_IFCHR | 0600, 0x103), EPERM);
}

static void allowed(void)
{
    char text[5] = "";
    int fd = open("/public", FS_O_RDONLY, 0);
    test_returns(read(fd, text, 4), 4);
    test_returns(close(fd), 0);
    test_returns(access("/gift", FS_R_OK | FS_W_OK), 0);
    test_returns(chmod("/gift", 0640), 0);
    test_returns(truncate("/gift", 1), 0);
    make("/common/private", 0600);
}

void permissions_of_user(void)
{
    await("/common/made");
    kept_out();
    not_the_owner();
    allowed();
    tell("/common/done");
}
