"""Zooming at a point, panning within the picture, turning."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from desktop.views.viewer.camera import MOST_ZOOM, Camera

VIEW = QSizeF(1000, 800)


def test_a_large_picture_fits_and_a_small_one_is_not_enlarged() -> None:
    assert Camera(QSizeF(4000, 3000), VIEW).scale == 0.25
    assert Camera(QSizeF(400, 300), VIEW).scale == 1.0
    assert Camera(QSizeF(400, 300), VIEW, density=2.0).scale == 2.0
    assert Camera(QSizeF(4000, 3000), VIEW).seen == QRectF(0, 0, 4000, 3000)


def test_what_is_under_the_pointer_stays_there() -> None:
    camera = Camera(QSizeF(4000, 3000), VIEW)
    pointer = QPointF(300, 500)
    there = camera.transform.inverted()[0].map(pointer)
    closer = camera.zoomed(1.0, pointer)
    assert closer.transform.map(there).x() == pytest.approx(300)
    assert closer.transform.map(there).y() == pytest.approx(500)


def test_nothing_beside_the_picture_is_seen_while_it_is_larger_than_the_view() -> None:
    camera = Camera(QSizeF(4000, 3000), VIEW).zoomed(1.0, QPointF(0, 0)).moved(QPointF(5000, 5000))
    assert camera.seen == QRectF(0, 0, 1000, 800)
    assert camera.moved(QPointF(-9000, -9000)).seen == QRectF(3000, 2200, 1000, 800)


def test_zoom_ends_at_the_limits() -> None:
    camera = Camera(QSizeF(4000, 3000), VIEW)
    assert camera.zoomed(99.0, QPointF(500, 400)).scale == MOST_ZOOM
    assert camera.zoomed(1.0, QPointF(500, 400)).zoomed(0.01, QPointF(0, 0)).zoom is None


def test_a_turned_picture_fits_by_its_turned_sides() -> None:
    camera = Camera(QSizeF(4000, 2000), VIEW).turned(1)
    assert camera.scale == 0.2
    corner = camera.transform.map(QPointF(0, 0))
    assert (corner.x(), corner.y()) == pytest.approx((700, 0))  # the upper left corner is the upper right one now
    assert camera.turned(-1).quarter_turns == 0


def test_a_turned_picture_is_dragged_as_it_is_seen() -> None:
    camera = Camera(QSizeF(4000, 3000), VIEW).turned(1).zoomed(1.0, QPointF(500, 400))
    point = camera.transform.map(QPointF(2000, 1500))
    moved = camera.moved(QPointF(50, 20)).transform.map(QPointF(2000, 1500))
    assert (moved.x() - point.x(), moved.y() - point.y()) == pytest.approx((50, 20))
