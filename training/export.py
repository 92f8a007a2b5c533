"""Trained net → model/: ONNX, its weights as int8, and the tokenizer."""

from __future__ import annotations

import logging
import warnings
from copy import deepcopy
from typing import TYPE_CHECKING

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from tokenizers import Tokenizer
from torch import Tensor, nn

from firsthand.encoder.pieces import WINDOW
from training.fuse import fuse_attention
from training.net import BASE, POSITIONS, VOCABULARY, WIDTH, Net

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from training.incidents import IncidentNet

OPSET = 17
LOUD = 8
SPLIT = ("attend", "widen", "narrow")
"""Layers whose input has loud columns; the attentions' has none."""


class _OneWindow(nn.Module):
    """The net as `firsthand.encoder` runs it: one window, no padding, without the markers' scores."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, ids: Tensor, casings: Tensor, pool: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        pieces, sentences, states = self.net(ids, casings, pool.unsqueeze(0))
        return pieces[0, 1:-1], sentences[0], states[0, 1:-1]


class _OneChunk(nn.Module):
    """The second net, likewise."""

    def __init__(self, net: IncidentNet) -> None:
        super().__init__()
        self.net = net

    def forward(self, states: Tensor, windows: Tensor, pool: Tensor) -> tuple[Tensor, Tensor]:
        pieces, relevant = self.net(states.unsqueeze(0), windows.unsqueeze(0), pool.unsqueeze(0))
        return pieces[0], relevant[0]


class _Split(nn.Module):
    """A linear layer that takes the few loudest columns of its input apart, to be left in float32.

    int8 has one step for all of a call's activations. BERT puts very large numbers into the same one or two columns of
    the opening marker, and with them the other columns would be left a handful of values.

    Source: Dettmers et al. 2022, LLM.int8().
    """

    def __init__(self, linear: nn.Linear, loudest: Tensor) -> None:
        super().__init__()
        self.loud = loudest.topk(LOUD).indices
        keep = torch.ones(linear.in_features)
        keep[self.loud] = 0
        self.keep = nn.Parameter(keep, requires_grad=False)
        self.loud_weight = nn.Parameter(linear.weight.data[:, self.loud].T.contiguous(), requires_grad=False)
        self.linear = nn.Linear(linear.in_features, linear.out_features)
        self.linear.weight.data, self.linear.bias.data = linear.weight.data * keep, linear.bias.data

    def forward(self, x: Tensor) -> Tensor:
        out: Tensor = self.linear(x * self.keep) + x[..., self.loud] @ self.loud_weight
        return out


def split_loud(net: Net | IncidentNet, inputs: list[tuple[Tensor, Tensor]]) -> nn.Module:
    """A net that computes the same and loses less as int8.

    Args:
        net: the trained net, not changed.
        inputs: what its `hidden` reads of some windows or chunks, to see which columns are loud.

    Returns:
        The copy.
    """
    copy = deepcopy(net)
    loudest: dict[tuple[int, str], Tensor] = {}

    def watch(at: tuple[int, str]) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def hook(_: nn.Module, given: tuple[Tensor, ...]) -> None:
            seen = given[0].abs().flatten(0, 1).amax(0)
            loudest[at] = torch.maximum(loudest[at], seen) if at in loudest else seen

        return hook

    places = [(k, name) for k in range(len(copy.layers)) for name in SPLIT]
    hooks = [getattr(copy.layers[k], name).register_forward_pre_hook(watch((k, name))) for k, name in places]
    with torch.no_grad():
        for given in inputs:
            copy.hidden(*given)
    for hook in hooks:
        hook.remove()
    for k, name in places:
        setattr(copy.layers[k], name, _Split(getattr(copy.layers[k], name), loudest[k, name]))
    return copy


def export(net: Net, *, inputs: list[tuple[Tensor, Tensor]], float_folder: Path, folder: Path) -> None:
    """Write the net twice: as trained, and as shipped.

    Args:
        net: the trained net.
        inputs: ids and casings of some training windows.
        float_folder: gets encoder.onnx in float32, to measure against.
        folder: gets encoder.onnx in int8.
    """
    for place in (float_folder, folder):
        place.mkdir(parents=True, exist_ok=True)
        tokenizer = Tokenizer.from_file(str(BASE / "tokenizer.json"))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        tokenizer.save(str(place / "tokenizer.json"), pretty=False)
    _to_onnx(net, float_folder / "encoder.onnx")
    _to_onnx(split_loud(net, inputs), float_folder / "split.onnx")
    _to_int8(float_folder / "split.onnx", folder / "encoder.onnx")
    model = onnx.load(str(folder / "encoder.onnx"))
    _quantize_words(model)
    _halve(model, "sentence")
    _shorten_positions(model)
    onnx.save(model, str(folder / "encoder.onnx"))


def export_incidents(
    net: IncidentNet, *, inputs: list[tuple[Tensor, Tensor]], float_folder: Path, folder: Path
) -> None:
    """Write the second net twice: as trained, and as shipped.

    Args:
        net: the trained net.
        inputs: states and windows of some training messages.
        float_folder: gets incidents.onnx in float32.
        folder: gets incidents.onnx in int8.
    """
    _chunk_to_onnx(net, float_folder / "incidents.onnx")
    _chunk_to_onnx(split_loud(net, inputs), float_folder / "split.onnx")
    _to_int8(float_folder / "split.onnx", folder / "incidents.onnx")
    model = onnx.load(str(folder / "incidents.onnx"))
    fuse_attention(model)
    onnx.save(model, str(folder / "incidents.onnx"))


def _to_int8(source: Path, target: Path) -> None:
    logging.getLogger().setLevel(logging.ERROR)
    prepared = source.with_name("prepared.onnx")
    quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
    quantize_dynamic(
        prepared,
        target,
        op_types_to_quantize=["MatMul"],
        weight_type=QuantType.QInt8,
        per_channel=True,
        # Without VNNI the products of 8-bit numbers overflow 16 bits; 7-bit weights do not.
        reduce_range=True,
        nodes_to_exclude=_exact(prepared),
    )


def _to_onnx(net: Net, path: Path) -> None:
    m = WINDOW // 2
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _OneWindow(net).eval(),
            (torch.full((1, m), 101), torch.zeros((1, m), dtype=torch.int64), torch.full((3, m), 1 / m)),
            str(path),
            input_names=["ids", "casings", "pool"],
            output_names=["pieces", "sentences", "states"],
            dynamic_axes={"ids": {1: "m"}, "casings": {1: "m"}, "pool": {0: "k", 1: "m"}},
            opset_version=OPSET,
            dynamo=False,
        )


def _chunk_to_onnx(net: IncidentNet, path: Path) -> None:
    m = WINDOW
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.onnx.export(
            _OneChunk(net).eval(),
            (torch.zeros((m, WIDTH)), torch.zeros(m, dtype=torch.int64), torch.full((3, m), 1 / m)),
            str(path),
            input_names=["states", "windows", "pool"],
            output_names=["pieces", "relevant"],
            dynamic_axes={"states": {0: "m"}, "windows": {0: "m"}, "pool": {0: "k", 1: "m"}},
            opset_version=OPSET,
            dynamo=False,
        )


def _exact(path: Path) -> list[str]:
    """What stays in float32: the loud columns, and the heads' own layers, which cost little and decide."""
    graph = onnx.load(str(path)).graph
    loud = {x.name for x in graph.initializer if list(x.dims[:1]) == [LOUD]}
    heads = ("/net/heads/", "/net/sentence/", "/net/relevant/")
    return [node.name for node in graph.node if node.name.startswith(heads) or loud.intersection(node.input)]


def _quantize_words(model: onnx.ModelProto) -> None:
    """Word embeddings as int8 with a scale for each word; one scale for all of them loses the small ones."""
    graph = model.graph
    table = next(x for x in graph.initializer if list(x.dims[:1]) == [VOCABULARY])
    weights = numpy_helper.to_array(table)
    scale = np.abs(weights).max(1, keepdims=True) / 127
    small = np.round(weights / np.maximum(scale, 1e-12)).astype(np.int8)
    gather = next(node for node in graph.node if table.name in node.input)
    at = list(graph.node).index(gather)
    ids, out = gather.input[1], gather.output[0]
    graph.node.remove(gather)
    for node in (
        helper.make_node("Mul", ["words_float", "words_scale_of"], [out], name="words_mul"),
        helper.make_node("Cast", ["words_small_of"], ["words_float"], name="words_cast", to=TensorProto.FLOAT),
        helper.make_node("Gather", ["words_scale", ids], ["words_scale_of"], name="words_scale_gather"),
        helper.make_node("Gather", ["words_small", ids], ["words_small_of"], name="words_small_gather"),
    ):
        graph.node.insert(at, node)
    graph.initializer.remove(table)
    graph.initializer.append(numpy_helper.from_array(small, "words_small"))
    graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), "words_scale"))


def _halve(model: onnx.ModelProto, layer: str) -> None:
    """Keep a layer's weights in 16 bits, made 32 when the net is opened: numbers change in the fourth digit."""
    graph = model.graph
    node = next(n for n in graph.node if n.op_type == "MatMul" and f"/{layer}/" in n.name)
    table = next(x for x in graph.initializer if x.name == node.input[1])
    half = numpy_helper.from_array(numpy_helper.to_array(table).astype(np.float16), f"{table.name}_half")
    at = list(graph.node).index(node)
    cast = helper.make_node("Cast", [half.name], [table.name], name=f"{layer}_whole", to=TensorProto.FLOAT)
    graph.initializer.remove(table)
    graph.initializer.append(half)
    graph.node.insert(at, cast)


def _shorten_positions(model: onnx.ModelProto) -> None:
    """Positions behind a window's end are never asked for."""
    graph = model.graph
    table = next(x for x in graph.initializer if list(x.dims) == [POSITIONS, WIDTH])
    short = numpy_helper.from_array(numpy_helper.to_array(table)[: WINDOW + 2].copy(), table.name)
    graph.initializer.remove(table)
    graph.initializer.append(short)
