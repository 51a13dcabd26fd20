"""What readers look for and take, counted by the day without anybody's name; and what follows from the counts."""

from library.insight.counting import Insight
from library.insight.daybook import Ailment, Asked, Day, Daybook, Search, Use, Used
from library.insight.privacy import kept_words

__all__ = ["Ailment", "Asked", "Day", "Daybook", "Insight", "Search", "Use", "Used", "kept_words"]
