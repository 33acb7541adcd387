/* Invariant: every kind of file stands in the table once. */
#include "show.h"

#include <ringside-rt/print.h>
#include <ringside-rt/string.h>

static const struct kind {
    mode_t mode;
    char letter;
    const char *name;
} kinds[] = {
    {FS_S_IFREG, '-', "regular file"},
    {FS_S_IFDIR, 'd', "directory"},
    {FS_S_IFLNK, 'l', "symbolic link"},
    {FS_S_IFCHR, 'c', "character device"},
    {FS_S_IFBLK, 'b', "block device"},
    {FS_S_IFIFO, 'p', "FIFO"},
    {FS_S_IFSOCK, 's', "socket"},
    {0, '?', "of no kind"},
};

static const struct kind *kind(mode_t mode)
{
    const struct kind *k = kinds;
    while (k->mode && k->mode != (mode & FS_S_IFMT))
        k++;
    return k;
}

const char *show_kind(mode_t mode)
{
    return kind(mode)->name;
}

/* The x of three, which also shows one of the bits above them. */
static char execute(mode_t x, mode_t special, char both)
{
    return special ? (x ? both : (char)(both - 'a' + 'A')) : x ? 'x' : '-';
}

void show_mode(mode_t mode, char *to)
{
    strlcpy(to, "-rwxrwxrwx", 11);
    to[0] = kind(mode)->letter;
    for (int i = 0; i < 9; i++)
        if (!(mode >> (8 - i) & 1))
            to[1 + i] = '-';
    to[3] = execute(mode & 0100, mode & FS_S_ISUID, 's');
    to[6] = execute(mode & 0010, mode & FS_S_ISGID, 's');
    to[9] = execute(mode & 0001, mode & FS_S_ISVTX, 't');
}

static bool leap(int64_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int64_t year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month] + (month == 1 && leap(year));
}

/* Days from the first day of year 1 to that of another, by the Gregorian calendar. */
static int64_t days_before(int64_t year)
{
    int64_t y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400;
}

void show_time(int64_t seconds, char *to)
{
    int64_t days = seconds / 86400, second = seconds % 86400, year = 1970;
    int month = 0;
    if (second < 0) {
        second += 86400;
        days--;
    }
    days += days_before(1970);
    if (days < 0 || days >= days_before(10000)) {
        strlcpy(to, "-", 20);
        return;
    }
    for (year = days / 366 + 1; days >= days_before(year + 1);)
        year++;
    days -= days_before(year);
    while (days >= month_days(year, month))
        days -= month_days(year, month++);
    snprintf(to, 20, "%04d-%02d-%02d %02d:%02d:%02d", (int)year, month + 1, (int)days + 1,
             (int)(second / 3600), (int)(second / 60 % 60), (int)(second % 60));
}
