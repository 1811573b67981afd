"""What is kept about asking a service: who may be asked about what, what waits, what was sent, what came back.

`permissions` holds which folders may be sent to which service and which never, `queue` the requests that wait, with
the faults of those that failed, `calls` one row for each request that left, which is the meter and the pace across
restarts, `memory` replies by the hash of what was asked, and `answers` the results, with who gave them; `stretches`
joins those that are about a part of a video.
"""
