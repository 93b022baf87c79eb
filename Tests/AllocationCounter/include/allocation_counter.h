#ifndef TRADER_ALLOCATION_COUNTER_H
#define TRADER_ALLOCATION_COUNTER_H

// Pieces of memory that the calling thread has asked for since it began, by any of malloc's family; a piece that was moved by
// realloc counts. -1 where they cannot be counted: under sanitizers, which have an allocator of their own, and without glibc.
long allocation_count(void);

#endif
