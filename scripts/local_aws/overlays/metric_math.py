"""Metric math, as far as alarms use it: arithmetic, comparisons and a few functions over series."""

from __future__ import annotations

import ast
import math
import operator
from collections.abc import Callable, Mapping, Sequence

# One value a period, newest first; None where there is no data.
Series = list[float | None]
Value = float | None

_BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.BitXor: operator.pow,
}
_COMPARE: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
_OVER_SEVERAL: dict[str, Callable[[Sequence[float]], float]] = {
    "MAX": max,
    "MIN": min,
    "SUM": sum,
    "AVG": lambda values: sum(values) / len(values),
}
_OF_ONE: dict[str, Callable[[float], float]] = {"ABS": abs, "CEIL": math.ceil, "FLOOR": math.floor}


class _Unknown(Exception):
    """The expression uses something that is not known (yet)."""


def evaluate(expression: str, series: Mapping[str, Series], periods: int) -> Series | None:
    """The expression's series; None when it uses what is not in *series* or not supported here."""
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
        return [_value(tree, series, index) for index in range(periods)]
    except (SyntaxError, _Unknown):
        return None


def _value(node: ast.expr, series: Mapping[str, Series], index: int) -> Value:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name) if name in series:
            return series[name][index]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            value = _value(inner, series, index)
            return None if value is None else -value
        case ast.BinOp(left=left, op=sign, right=right) if type(sign) in _BINARY:
            return _apply(_BINARY[type(sign)], _value(left, series, index), _value(right, series, index))
        case ast.Compare(left=left, ops=[sign], comparators=[right]) if type(sign) in _COMPARE:
            return _apply(_COMPARE[type(sign)], _value(left, series, index), _value(right, series, index))
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _call(name.upper(), arguments, series, index)
    raise _Unknown(ast.dump(node))


def _apply(function: Callable[[float, float], float], left: Value, right: Value) -> Value:
    """Missing data makes the result missing, and so does a division by zero."""
    if left is None or right is None:
        return None
    try:
        return float(function(left, right))
    except (ZeroDivisionError, OverflowError):
        return None


def _call(name: str, arguments: list[ast.expr], series: Mapping[str, Series], index: int) -> Value:
    if name == "IF" and len(arguments) >= 2:
        condition = _value(arguments[0], series, index)
        if condition:
            return _value(arguments[1], series, index)
        return _value(arguments[2], series, index) if len(arguments) > 2 else None
    if name == "FILL" and len(arguments) == 2:
        value = _value(arguments[0], series, index)
        return _value(arguments[1], series, index) if value is None else value
    if name in _OF_ONE and len(arguments) == 1:
        value = _value(arguments[0], series, index)
        return None if value is None else float(_OF_ONE[name](value))
    if name in _OVER_SEVERAL and len(arguments) == 1:
        values = [value for value in _several(arguments[0], series, index) if value is not None]
        return float(_OVER_SEVERAL[name](values)) if values else None
    raise _Unknown(name)


def _several(node: ast.expr, series: Mapping[str, Series], index: int) -> Sequence[Value]:
    """``[a, b]`` and ``METRICS()`` give one value of each, a single series gives all its values."""
    match node:
        case ast.List(elts=elements):
            return [_value(element, series, index) for element in elements]
        case ast.Call(func=ast.Name(id="METRICS")):
            return [values[index] for values in series.values()]
        case ast.Name(id=name) if name in series:
            return series[name]
    raise _Unknown(ast.dump(node))
