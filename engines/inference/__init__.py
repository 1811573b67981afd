"""Turns prepared pictures and words into numbers, with networks that lie in files.

`catalogue` knows the networks: each has a card that says where it comes from, what it takes and what it gives.
`prepare` makes a picture into what a card asks for, in a worker process. A `Runner` loads a network and runs batches;
`openvino_engine` is the one for the processor, to which `openvino_int8` brings INT8. `text` runs the network that turns
words into vectors. What the numbers mean is for the phases in `analysis` to say. `starter_conversion` made the files in
resources/networks, once. Larger networks are got: `recipes` say from where, `sources` fetches a checkpoint, `store`
keeps it (by `moves`, whole), `export` makes networks of it; `sets` are what is run together. Where PyTorch is missing,
`ready` takes ONNX that others exported, which `openvino_adapter` completes and `checks` tries. `int8` gives a network
an INT8 form, by `calibration` with a person's own photos.

`back_ends` chooses what runs them: `ladder` knows the order and the reasons, from what `hardware` and `gpu_monitor`
find. On a card that is TensorRT (`tensorrt_build`, `engine_cache`, `built_runner`, `tensorrt_engine`) or PyTorch
(`torch_engine`), in a process of its own (`isolated`), with as large batches as there is memory for (`sparing`).

A runner belongs to the one thread that loaded it, and hands a batch out to threads of its library's own.
"""
