"""How much of a machine a warm run may take."""

import os

_GIB = 1 << 30
_MIB = 1 << 20

# Measured: one Terraform process with a trimmed schema stays under 100 MB resident; the provider takes
# 0.9 to 1.6 GB, and half a CPU second of every unit's time is spent waiting for somebody else.
_PER_TERRAFORM = 100 * _MIB
_PROVIDER = 2 * _GIB
_PER_CORE = 3


def suggested_parallelism(cores: int, memory: int) -> int:
    """Return how many units to work on at once with *cores* and *memory* bytes; never less than one."""
    by_memory = (memory - _PROVIDER) // _PER_TERRAFORM
    return max(1, min(cores * _PER_CORE, by_memory, 32))


def provider_memory_limit(memory: int) -> int:
    """Return the bytes after which the provider collects garbage eagerly: a quarter, in sensible bounds.

    It is a soft limit: below it the provider may be lazy, beyond it it gets slower but does not fail.
    """
    return max(_GIB, min(memory // 4, 3 * _GIB))


def machine_memory() -> int:
    """Return this machine's memory in bytes."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
