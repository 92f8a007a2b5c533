"""Makes src/firsthand/model/: reads the gold data, trains the net, writes it as int8 ONNX. Not in the wheel."""
