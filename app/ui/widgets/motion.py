"""Whether and how things move: briefly, once, and not at all when the person wants none."""

from PySide6.QtCore import QAbstractAnimation, QEasingCurve, QPropertyAnimation
from PySide6.QtWidgets import QGraphicsOpacityEffect, QStyle, QWidget

from app.ui.theme import current_theme


def motion_ms(widget: QWidget) -> int:
    """How long a movement may take; 0 = none."""
    allowed = widget.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration, None, widget)
    if allowed == 0 or not current_theme().motion:
        return 0
    return current_theme().tokens.sizes.motion_ms


def fade_in(widget: QWidget) -> None:
    """Let a card appear; at once when there is to be no motion."""
    duration = motion_ms(widget)
    if duration == 0:
        return
    effect = QGraphicsOpacityEffect(widget)
    widget.setGraphicsEffect(effect)
    animation = QPropertyAnimation(effect, b"opacity", widget)
    animation.setDuration(duration)
    animation.setStartValue(0.0)
    animation.setEndValue(1.0)
    animation.setEasingCurve(QEasingCurve.Type.OutCubic)
    # the effect goes with the movement: while it is there, the card is painted through a picture
    animation.finished.connect(lambda: widget.setGraphicsEffect(None))  # type: ignore[arg-type]
    animation.start(QAbstractAnimation.DeletionPolicy.DeleteWhenStopped)
