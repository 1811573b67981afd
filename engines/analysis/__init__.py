"""What is learnt about each file, and the four hops by which it gets there.

A file comes in as a path, is scanned (rows in the library), examined in a worker process (read and decoded once;
thumbnail, facts, the picture as networks take it), looked at by `networks` in batches, and from then on can be found.
`phases` lists what is learnt; no hop has a thread: `run` drives them over an executor of workers and a `desk` in front
of the thread of the networks, both of which the caller brings.
"""
