"""Asks a service for what a picture shows: NVIDIA's cloud, or a server with the same protocol on this computer.

In come JPEGs and clips that `sending` made anew from pixels; out come descriptions, tags and products. `address` says
which service is meant and whom it may lead to, `key` where its key lies, `client` speaks HTTP within a `pace`, `faults`
turns every refusal into a sentence. `vision_language` and `retail` say what is asked, `replies` and `detections` read
whatever comes back. Nothing here knows a file or a folder: whether a picture may be sent, analysis.fence has decided
before. Calls block; they run on a small pool of their own, never on the window's thread.
"""
