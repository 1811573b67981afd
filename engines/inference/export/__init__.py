"""Makes networks out of checkpoints: a folder with weights goes in, a folder with a card and an ONNX file comes out.

`forms` are the parts of a checkpoint as PyTorch modules that take what our workers prepare. `to_onnx` writes them down,
`parity` proves that what was written says what PyTorch says, and `install` puts a card beside it. torch, transformers
and onnx are the extra `nvidia`; without them nothing here can be called, and nothing else needs it.
"""
