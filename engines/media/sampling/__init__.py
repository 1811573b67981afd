"""Which frames of a film are looked at: strategies over small pictures of a stretch of it.

A `footage` shows a stretch as glances: keyframes alone, or every frame of a part, each a picture of 64 by 36. `shots`
tells from glances where one shot ends and the next begins. A strategy asks a footage for the glances that it needs and
names the frames that are worth a look (samples); only those are decoded to pixels, by `footage.pictures`.
"""
