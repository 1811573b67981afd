"""How everything looks: the only file that names a colour, a font size or a style."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.marks import mark

Choice = Literal["system", "dark", "light"]
CHOICES: tuple[Choice, ...] = ("system", "dark", "light")


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one theme; greys are neutral, so that the colours of photos are seen truly."""

    window: str
    panel: str
    raised: str
    hover: str
    line: str
    text: str
    secondary: str
    disabled: str
    accent_text: str
    success: str
    warning: str
    error: str
    box: str  # the edge of a box to be ticked, 3 : 1 on window and panel
    tile: str  # what lies around a picture that does not fill its tile
    accent: str = "#3b82f6"
    accent_hover: str = "#2f6fe0"
    on_accent: str = "#ffffff"
    viewer: str = "#111111"
    viewer_text: str = "#ececec"
    badge: str = "#99000000"  # 60 % black
    badge_text: str = "#ffffff"
    favourite: str = "#f07070"
    rating: str = "#f5c451"


DARK = Tokens(
    window="#1a1a1a",
    panel="#222222",
    raised="#2b2b2b",
    hover="#343434",
    line="#3a3a3a",
    text="#ececec",
    secondary="#a6a6a6",
    disabled="#6e6e6e",
    accent_text="#60a5fa",
    success="#3fb872",
    warning="#e0a030",
    error="#f07070",
    box="#7d7d7d",
    tile="#222222",
)
LIGHT = Tokens(
    window="#f6f6f6",
    panel="#ffffff",
    raised="#ffffff",
    hover="#ececec",
    line="#dcdcdc",
    text="#1d1d1d",
    secondary="#5c5c5c",
    disabled="#9a9a9a",
    accent_text="#2563eb",
    success="#1e7a44",
    warning="#8a5a00",
    error="#c42b2b",
    box="#808080",
    tile="#ebebeb",
)

# Pixels at 100 %; the grid of 4 that all distances are taken from.
SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL = 4, 8, 12, 16, 24
RADIUS_CONTROL, RADIUS_TILE, RADIUS_DIALOG = 4, 6, 10
BODY_PX, SECONDARY_PX, BADGE_PX, HEAD_PX, TITLE_PX = 13, 12, 11, 15, 20
TOOLBAR_HEIGHT, STATUS_HEIGHT, SIDEBAR_WIDTH, INFO_WIDTH = 44, 28, 280, 320


def tokens() -> Tokens:
    """The colours in force."""
    return DARK if QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def colour(name: str) -> QColor:
    """One of the fields of Tokens, in the theme in force."""
    return QColor(getattr(tokens(), name))


def font(pixels: int = BODY_PX, *, semibold: bool = False) -> QFont:
    """The system's font at one of the sizes above, its figures all of one width."""
    chosen = QFont(QGuiApplication.font())
    chosen.setPixelSize(pixels)
    chosen.setFeature(QFont.Tag("tnum"), 1)
    if semibold:
        chosen.setWeight(QFont.Weight.DemiBold)
    return chosen


class Theme(QObject):
    """Keeps the application in the chosen theme; 'system' follows what the desktop says, also when that changes."""

    def __init__(self, application: QApplication, choice: Choice = "system") -> None:
        super().__init__(application)
        self._application = application
        application.setStyle("Fusion")  # the style that takes its colours from the palette on every system
        application.styleHints().colorSchemeChanged.connect(self._apply)
        self.choose(choice)

    def choose(self, choice: Choice) -> None:
        self._choice = choice
        self._apply()

    @Slot()
    def _apply(self) -> None:
        chosen = self._wanted()
        self._application.setPalette(_palette(chosen))
        self._application.setFont(font())
        self._application.setStyleSheet(_style_sheet(chosen))

    def _wanted(self) -> Tokens:
        if self._choice == "system":
            is_light = self._application.styleHints().colorScheme() is Qt.ColorScheme.Light
            return LIGHT if is_light else DARK
        return {"dark": DARK, "light": LIGHT}[self._choice]


def _palette(chosen: Tokens) -> QPalette:
    roles = {
        QPalette.ColorRole.Window: chosen.window,
        QPalette.ColorRole.Base: chosen.panel,
        QPalette.ColorRole.AlternateBase: chosen.raised,
        QPalette.ColorRole.Button: chosen.raised,
        QPalette.ColorRole.ToolTipBase: chosen.raised,
        QPalette.ColorRole.WindowText: chosen.text,
        QPalette.ColorRole.Text: chosen.text,
        QPalette.ColorRole.ButtonText: chosen.text,
        QPalette.ColorRole.ToolTipText: chosen.text,
        QPalette.ColorRole.BrightText: chosen.on_accent,
        QPalette.ColorRole.PlaceholderText: chosen.secondary,
        QPalette.ColorRole.Highlight: chosen.accent,
        QPalette.ColorRole.HighlightedText: chosen.on_accent,
        QPalette.ColorRole.Accent: chosen.accent,
        QPalette.ColorRole.Link: chosen.accent_text,
        QPalette.ColorRole.LinkVisited: chosen.accent_text,
        QPalette.ColorRole.Light: chosen.hover,
        QPalette.ColorRole.Midlight: chosen.raised,
        QPalette.ColorRole.Mid: chosen.line,
        QPalette.ColorRole.Dark: chosen.line,
        QPalette.ColorRole.Shadow: chosen.window,
    }
    palette = QPalette()
    for role, name in roles.items():
        palette.setColor(role, QColor(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(chosen.disabled))
    return palette


def _style_sheet(chosen: Tokens) -> str:
    """What the palette cannot say. A widget asks for a look with a property, such as `role`, `primary` or `panel`."""
    up, down = (mark(name, chosen.secondary) for name in ("chevron-up", "chevron-down"))
    tick = mark("check", chosen.on_accent)
    return f"""
QWidget[panel="true"] {{ background: {chosen.panel}; }}
QWidget[viewer="true"] {{ background: {chosen.viewer}; color: {chosen.viewer_text}; }}
QFrame[line="true"] {{ background: {chosen.line}; border: none; }}

QLabel[role="title"] {{ font-size: {TITLE_PX}px; font-weight: 600; }}
QLabel[role="head"] {{ font-size: {HEAD_PX}px; font-weight: 600; }}
QLabel[role="secondary"] {{ font-size: {SECONDARY_PX}px; color: {chosen.secondary}; }}
QLabel[role="error"] {{ color: {chosen.error}; }}
QLabel[role="warning"] {{ color: {chosen.warning}; }}
QLabel[role="success"] {{ color: {chosen.success}; }}

QWidget[chip="true"] {{ background: {chosen.raised}; border: 1px solid {chosen.line};
    border-radius: {RADIUS_CONTROL}px; }}
QWidget[chip="true"] QToolButton {{ min-height: 18px; min-width: 18px; padding: 0; }}

QPushButton {{ background: {chosen.raised}; border: 1px solid {chosen.line}; border-radius: {RADIUS_CONTROL}px;
    padding: 0 {SPACE_M}px; min-height: 28px; }}
QPushButton:hover {{ background: {chosen.hover}; }}
QPushButton:pressed {{ background: {chosen.line}; }}
QPushButton:disabled {{ color: {chosen.disabled}; }}
QPushButton:focus {{ border-color: {chosen.accent}; }}
QPushButton[primary="true"] {{ background: {chosen.accent}; color: {chosen.on_accent}; font-weight: 600;
    border: 1px solid {chosen.accent}; }}
QPushButton[primary="true"]:hover {{ background: {chosen.accent_hover}; }}
QPushButton[primary="true"]:focus {{ border-color: {chosen.text}; }}
QPushButton[link="true"] {{ background: transparent; border: none; color: {chosen.accent_text}; padding: 0 4px; }}
QPushButton[link="true"][flush="true"] {{ padding: 0; text-align: left; }}
QPushButton[link="true"]:focus {{ text-decoration: underline; }}

QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: {RADIUS_CONTROL}px;
    padding: 0 {SPACE_XS}px; min-height: 26px; min-width: 20px; }}
QToolButton:hover {{ background: {chosen.hover}; }}
QToolButton:pressed, QToolButton:checked {{ background: {chosen.hover}; }}
QToolButton:focus {{ border-color: {chosen.accent}; }}
QToolButton:disabled {{ color: {chosen.disabled}; }}
QToolButton::menu-indicator {{ image: none; }}

QAbstractScrollArea {{ border: none; }}
QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {{ background: {chosen.raised};
    border: 1px solid {chosen.line}; border-radius: {RADIUS_CONTROL}px; padding: 0 {SPACE_S}px; min-height: 28px;
    selection-background-color: {chosen.accent}; selection-color: {chosen.on_accent}; }}
QLineEdit > QToolButton {{ min-height: 0; min-width: 0; padding: 0; border: none; background: transparent; }}
QAbstractSpinBox QLineEdit {{ border: none; background: transparent; min-height: 0; padding: 0 6px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; width: 20px; subcontrol-origin: border; }}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; margin: 2px 2px 0 0; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; margin: 0 2px 2px 0; }}
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover {{ background: {chosen.hover};
    border-radius: {RADIUS_CONTROL}px; }}
QAbstractSpinBox::up-arrow {{ image: {up}; width: 12px; height: 12px; }}
QAbstractSpinBox::down-arrow, QComboBox::down-arrow {{ image: {down}; width: 12px; height: 12px; }}
QAbstractSpinBox::up-arrow:off, QAbstractSpinBox::up-arrow:disabled, QAbstractSpinBox::down-arrow:off,
QAbstractSpinBox::down-arrow:disabled {{ image: none; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QCheckBox {{ spacing: {SPACE_S}px; }}
QCheckBox::indicator {{ width: 14px; height: 14px; border: 1px solid {chosen.box}; border-radius: 3px;
    background: {chosen.raised}; }}
QCheckBox::indicator:hover {{ border-color: {chosen.text}; }}
QCheckBox::indicator:focus {{ border-color: {chosen.accent}; }}
QCheckBox::indicator:checked {{ background: {chosen.accent}; border-color: {chosen.accent}; image: {tick}; }}
QCheckBox::indicator:checked:focus {{ border-color: {chosen.text}; }}
QCheckBox::indicator:disabled {{ border-color: {chosen.line}; }}

QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus
    {{ border-color: {chosen.accent}; }}

QFrame[card="true"] {{ background: {chosen.raised}; border: 1px solid {chosen.line};
    border-radius: {RADIUS_DIALOG}px; }}

QFrame[search="true"] {{ background: {chosen.window}; border: 1px solid {chosen.line};
    border-radius: {RADIUS_TILE}px; }}
QFrame[search="true"][active="true"] {{ border-color: {chosen.accent}; }}
QFrame[search="true"] QLabel, QFrame[search="true"] QWidget {{ background: transparent; }}
QLineEdit[bare="true"] {{ background: transparent; border: none; padding: 0 {SPACE_XS}px; min-height: 30px; }}
QTextEdit[bare="true"] {{ background: transparent; border: none; padding: 0; min-height: 0; }}
QFrame[popup="true"] {{ background: {chosen.raised}; border: 1px solid {chosen.line};
    border-radius: {RADIUS_TILE}px; }}
QFrame[popup="true"] QListView {{ background: transparent; outline: none; }}
QToolButton[heading="true"] {{ color: {chosen.secondary}; text-align: left; }}
QToolButton[heading="true"]:checked {{ background: transparent; }}
QToolButton[heading="true"]:hover {{ background: {chosen.hover}; }}
QToolButton[segment="true"] {{ color: {chosen.secondary}; padding: 0 {SPACE_M}px; }}
QToolButton[segment="true"]:checked {{ color: {chosen.text}; font-weight: 600; }}
QToolButton[row="true"] {{ text-align: left; padding: 0 {SPACE_S}px; }}

QMenu {{ background: {chosen.raised}; border: 1px solid {chosen.line}; padding: {SPACE_XS}px; }}
QMenu::item {{ padding: 5px {SPACE_XL}px 5px {SPACE_S}px; border-radius: {RADIUS_CONTROL}px; }}
QMenu::icon {{ padding-left: {SPACE_S}px; }}
QMenu::item:selected {{ background: {chosen.accent}; color: {chosen.on_accent}; }}
QMenu::item:disabled {{ color: {chosen.disabled}; }}
QMenu::separator {{ height: 1px; background: {chosen.line}; margin: {SPACE_XS}px {SPACE_S}px; }}
QToolTip {{ background: {chosen.raised}; color: {chosen.text}; border: 1px solid {chosen.line}; padding: 4px; }}

QSplitter::handle {{ background: {chosen.line}; }}
QAbstractScrollArea::corner {{ background: transparent; border: none; }}
QScrollBar:vertical {{ width: 12px; background: transparent; }}
QScrollBar:horizontal {{ height: 12px; background: transparent; }}
QScrollBar::handle {{ background: {chosen.line}; border-radius: 4px; margin: 2px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover {{ background: {chosen.disabled}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {chosen.line}; }}
QSlider::sub-page:horizontal {{ height: 4px; border-radius: 2px; background: {chosen.disabled}; }}
QSlider::handle:horizontal {{ width: 12px; height: 12px; margin: -4px 0; border-radius: 6px;
    background: {chosen.text}; }}
QSlider::handle:horizontal:focus {{ background: {chosen.accent}; }}
QProgressBar {{ height: 4px; border: none; border-radius: 2px; background: {chosen.line}; }}
QProgressBar::chunk {{ border-radius: 2px; background: {chosen.accent}; }}

QListView[transcript="true"] {{ background: {chosen.viewer}; border: none; border-left: 1px solid {DARK.line}; }}
QWidget[viewer="true"] QLabel {{ color: {chosen.viewer_text}; }}
QWidget[viewer="true"] QToolButton {{ color: {chosen.viewer_text}; }}
QWidget[viewer="true"] QToolButton:disabled {{ color: {DARK.disabled}; }}
QWidget[viewer="true"] QToolButton:hover {{ background: {DARK.hover}; }}
QWidget[viewer="true"] QComboBox {{ background: {DARK.raised}; border-color: {DARK.line}; color: {DARK.text}; }}
QWidget[viewer="true"] QSlider::groove:horizontal {{ background: {DARK.line}; }}
QWidget[viewer="true"] QSlider::sub-page:horizontal {{ background: {DARK.disabled}; }}
QWidget[viewer="true"] QSlider::handle:horizontal {{ background: {DARK.text}; }}
QWidget[viewer="true"] QSlider::handle:horizontal:focus {{ background: {chosen.accent}; }}
"""
