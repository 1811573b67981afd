"""What is learnt about each file, and the four hops by which it gets there.

A file comes in as a path, is scanned (rows in the library), examined in a worker process (read and decoded once;
thumbnail, facts), and from then on can be found. `phases` lists what is learnt; `pipeline` holds the hops,
none of which has a thread; `run` drives them over an executor that the caller brings.
"""
