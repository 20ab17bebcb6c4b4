"""Every word of the interface, in Chinese and in English; names of classes and properties are those of the ontology."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, get_args

from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode

from kg.graph.ontology import ontology_triples
from kg.vocabulary import KG, RDFS

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

# Key: Chinese, English. `{}` takes a number or a name.
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    # the frame
    "brand": ("政策知识图谱", "Policy knowledge graph"),
    "other_language": ("English", "中文"),
    "skip": ("跳到正文", "Skip to content"),
    "sections": ("栏目", "Sections"),
    "nav_start": ("概览", "Overview"),
    "nav_documents": ("文档", "Documents"),
    "search": ("搜索", "Search"),
    "search_hint": ("机构、地区、改革、人物……", "A body, place, reform, person…"),
    "search_aria": ("搜索图谱中的名称，支持拼音", "Search the names in the graph; pinyin works too"),
    "suggestions": ("搜索建议", "Suggestions"),
    "footer": ("每个事实都带原文出处。", "Every fact with the sentence it was read from."),
    "for_programs": ("供程序使用", "For programs"),
    # the overview
    "question": ("谁在牵头哪项改革", "Who leads which reform"),
    "lead": (
        "从 {} 篇报道中读出：{} 条关系，{} 个数字，每一条都能点开原文。",
        "Read from {} reports: {} relations and {} figures, each of which opens the words it was read from.",
    ),
    "contents": ("图谱中有什么", "What is in the graph"),
    "documents": ("文档", "documents"),
    "places": ("地区", "places"),
    "bodies": ("机构", "bodies"),
    "people": ("人物", "people"),
    "initiatives": ("改革与项目", "initiatives"),
    "policies": ("政策文件", "policies"),
    "events": ("会议活动", "events"),
    "honours": ("荣誉", "honours"),
    "figures": ("数字", "figures"),
    "relations": ("关系", "relations"),
    "map": ("各省事实数（示意图）", "Facts by province (schematic)"),
    "map_note": ("点击一省，只看该省。", "Choose a province to see it alone."),
    "facts_of_place": ("{}：{} 个事实", "{}: {} facts"),
    "all_places": ("全部地区", "All places"),
    "nation": ("全国", "Nationwide"),
    "place_unknown": ("未注明地区", "Place not stated"),
    "place": ("地区", "Place"),
    "initiative": ("改革与项目", "Initiative"),
    "others_involved": ("实施与参与", "Implements, takes part"),
    "only_led": ("只看有牵头者的", "Only those with a leader"),
    "all_efforts": ("全部", "All"),
    "efforts": ("{} 项", "{} initiatives"),
    "no_efforts": ("这里没有读到改革或项目。", "No initiative was read here."),
    "and_more": ("等 {} 个", "and {} more"),
    "page_of_place": ("{}的全部内容", "Everything about {}"),
    "quote": ("原句", "the sentence"),
    # the search
    "results": ("“{}”的搜索结果", "Results for “{}”"),
    "no_results": ("没有名称与之相符。", "No name matches."),
    "search_advice": (
        "可以输入全称、简称（如省总）或拼音（如 hljzgh）。",
        "Type a name in full, an abbreviation (省总) or pinyin (hljzgh).",
    ),
    "documents_mentioning": ("{} 篇文档", "{} documents"),
    # numbers of things
    "more": ("更多", "more"),
    "previous": ("上一页", "Previous"),
    "next": ("下一页", "Next"),
    "page_of": ("第 {} 页，共 {} 页", "Page {} of {}"),
    "pages": ("分页", "Pages"),
    "none": ("无", "none"),
    # errors
    "error_404": ("这里没有内容", "There is nothing here"),
    "error_404_advice": (
        "地址可能写错了，或者图谱已经重建。可以搜索名称，或回到概览。",
        "The address may be mistyped, or the graph was built anew. Search for the name, or go back to the overview.",
    ),
    "error_other": ("这个请求没有得到回答", "This request was not answered"),
    "error_500": ("服务器出错了", "The server failed"),
    "back_to_start": ("回到概览", "Back to the overview"),
    "status": ("状态码 {}", "Status {}"),
}


class Words:
    """The words of one language: `words.search`, `words.of("page_of", 1, 3)`, `words.term("leads")`.

    >>> Words("en").of("page_of", 1, 3), Words("zh").term("leads"), Words("zh").term("noSuchTerm")
    ('Page 1 of 3', '牵头', 'noSuchTerm')
    """

    def __init__(self, language: Language) -> None:
        self.language = language
        self._column = LANGUAGES.index(language)

    def __getattr__(self, key: str) -> str:
        try:
            return WORDS[key][self._column]
        except KeyError:
            raise AttributeError(f"no word {key!r}") from None

    def of(self, key: str, *values: object) -> str:
        """Return a word with its values filled in; numbers get their separators."""
        filled = (f"{value:,}" if isinstance(value, int) else value for value in values)
        return WORDS[key][self._column].format(*filled)

    def term(self, name: str) -> str:
        """Return how the ontology calls a class or property by its local name, or the local name itself."""
        return _terms().get((name, self.language), name)

    def comment(self, name: str) -> str:
        """Return what the ontology says of a term, or ""."""
        return _terms().get((name, f"{self.language} comment"), "")


@cache
def _terms() -> dict[tuple[str, str], str]:
    """Return the labels and comments of the ontology by local name and language."""
    found = {}
    for subject, predicate, value in ontology_triples():
        if isinstance(subject, NamedNode) and isinstance(value, Text) and subject.value.startswith(KG.iri):
            name = subject.value.removeprefix(KG.iri)
            if predicate.value == RDFS.label:
                found[name, value.language or ""] = value.value
            elif predicate.value == RDFS.comment:
                found[name, f"{value.language} comment"] = value.value
    return found
