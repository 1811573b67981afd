"""What the pixels alone tell: one module per question.

A working frame comes in (engines.media: upright, sRGB, long side 1024 px or less); `views` makes the few forms of it
that the questions share, and each of the other modules turns some of them into numbers and words. Everything here is
pure, runs in a worker process and knows neither files nor the library. Colour order is RGB throughout.
"""
