"""When a number holds.

A time that a sentence states holds for what follows it in the sentence, across its commas, whoever acts there, until
another time comes: on the pages that these policies were counted on, that is right for nine numbers in ten. Behind a
semicolon it holds where it opened its sentence. It does not hold for the next sentence: of the numbers there, one in
twelve has the time of the sentence before. What the next sentence leaves without a time has

- the time of the meeting, contest or award that it goes on to tell of (`gatherings`);
- the time up to which the paragraph told the state of things, where it counts what there is;
- the year that its heading, or else the title, says the passage is about (`passages`);
- none otherwise.

What is counted every year, or paid to each by rule, holds at no one time. The date on which something is issued,
launched or awarded is not that of what follows from it. Years that run from one just named (2018年挂牌，六年来) are
those since it. A baseline (比2020年, 去年同期) is no time of the sentence, but a change is one from the baseline to the
time that holds, and a figure may be said of the baseline itself (上年同期为9.7亿元). A part (其中) is counted when the
whole is.
"""

from kg.extract.observations.periods.flow import Periods

__all__ = ["Periods"]
