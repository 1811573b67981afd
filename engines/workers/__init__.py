"""Processes that do one job at a time where a crash, a hang or a hunger for memory costs that job alone.

`pool.WorkerPool` is the parent's side: jobs (a function of some module and its arguments) go in, `Outcome`s come out,
all in the thread that calls `wait`; there is no other thread. `alone.Alone` is one
process that keeps what its calls leave behind. `handle` starts and ends one process. `child` is what
runs in it: no third-party import stands at its top, because it is loaded before the process has set itself up. `slots`
is the shared memory through which a job hands back pixels without copying them through a pipe.

Nothing is imported here for the same reason: the new process passes through this file on its way to `child.serve`.
"""
