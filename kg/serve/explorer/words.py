"""Every word of the interface, in Chinese and in English; names of classes and properties are those of the ontology."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final, Literal, get_args

from pyoxigraph import Literal as Text
from pyoxigraph import NamedNode

from kg.graph.ontology import ontology_triples
from kg.serve.explorer.words_of_tools import TOOLS
from kg.vocabulary import KG, RDFS

Language = Literal["zh", "en"]
LANGUAGES: Final[tuple[Language, ...]] = get_args(Language)

# Key: Chinese, English. `{}` takes a number or a name.
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    **TOOLS,
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
    "and_more": ("另有 {} 个", "and {} more"),
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
    # a thing: its sections, each a sentence that its name begins or ends
    "leads-by": ("由谁牵头", "Led by"),
    "implements-by": ("由谁实施", "Implemented by"),
    "participatesIn-by": ("谁在参与", "Taken part in by"),
    "issues-by": ("由谁印发", "Issued by"),
    "organises-by": ("由谁主办", "Organised by"),
    "leads": ("牵头", "Leads"),
    "implements": ("实施", "Implements"),
    "participatesIn": ("参与", "Takes part in"),
    "issues": ("印发", "Issues"),
    "organises": ("主办", "Organises"),
    "posts": ("任职", "Posts"),
    "staff": ("任职人员", "People in post"),
    "role-holders": ("担任此职的人", "Holders of this post"),
    "honours-received": ("所获荣誉", "Honours received"),
    "recipients": ("获得者", "Recipients"),
    "honours-conferred": ("授予的荣誉", "Honours conferred"),
    "figures-of-indicator": ("各处的数字", "Figures"),
    "figures-of-which": ("其中的数字", "Figures that are a part of it"),
    "facts-of-document": ("从中读出的事实", "Facts read from it"),
    "efforts-here": ("这里谁在牵头和实施什么", "Who does what here"),
    "initiatives-here": ("这里的改革与项目", "Initiatives here"),
    "bodies-here": ("这里的机构", "Bodies here"),
    "places-within": ("辖内地区", "Places within"),
    "policies-here": ("这里的政策文件", "Policy documents here"),
    "events-here": ("这里的会议活动", "Events here"),
    "suborganizations": ("所属机构", "Bodies within"),
    "parts": ("组成部分", "Parts"),
    "concerned-by": ("相关政策文件", "Policy documents about it"),
    "narrower": ("细分指标", "Narrower indicators"),
    "related-indicators": ("相关指标", "Related indicators"),
    "mentioned-initiatives": ("提到的改革与项目", "Initiatives mentioned"),
    "mentioned-bodies": ("提到的机构", "Bodies mentioned"),
    "mentioned-people": ("提到的人物", "People mentioned"),
    "mentioned-places": ("提到的地区", "Places mentioned"),
    "mentioned-policies": ("提到的政策文件", "Policy documents mentioned"),
    "mentioned-events": ("提到的会议活动", "Events mentioned"),
    "mentioned-honours": ("提到的荣誉", "Honours mentioned"),
    "documents-mentioning": ("见于这些文档", "Documents that mention it"),
    "also_called": ("又称", "Also called"),
    "part_of": ("属于", "Part of"),
    "code": ("行政区划代码", "Division code"),
    "date": ("日期", "Date"),
    "concerns": ("涉及", "Concerns"),
    "broader": ("上位指标", "Broader"),
    "all_of": ("全部 {} 条", "All {}"),
    "on_this_page": ("本页内容", "On this page"),
    "of_which": ("{}之中", "of {}"),
    "compared_with": ("相比{}", "against {}"),
    "conferred_by": ("{}授予", "by {}"),
    "confidence": ("置信度", "Confidence"),
    "rule": ("规则", "Rule"),
    "source": ("出处", "Source"),
    "as_read": ("页面原字", "As on the page"),
    "more_sources": ("另见 {} 处", "{} more sources"),
    "open_source": ("在原文中查看", "See it in the text"),
    "as_data": ("数据", "Data"),
    "chart_of": ("{}的变化", "{} over time"),
    "fact": ("事实", "Fact"),
    "no_sections": ("除名称外，图谱中没有更多内容。", "The graph says no more of it than its name."),
    "read_text": ("阅读原文", "Read the text"),
    "source_document": ("来源文档", "Source document"),
    "published": ("发布", "Published"),
    "publisher": ("来源", "Publisher"),
    "address": ("网址", "Address"),
    "file": ("文件", "File"),
    # the text of a document
    "view": ("显示方式", "View"),
    "view_clean": ("整理后", "Clean"),
    "view_both": ("对照", "Side by side"),
    "view_page": ("原页", "As decoded"),
    "repaired": ("已修复", "repaired"),
    "guessed": ("推测", "guessed"),
    "guess": ("推测", "guess"),
    "marked_words": ("事实所据文字", "what the fact was read from"),
    "repairs": ("修复", "Repairs"),
    "beside": ("页面上的其他内容 {} 段", "{} other blocks of the page"),
    "left_out": ("此处略去 {} 字", "{} characters left out here"),
    "table": ("表格", "Table"),
    # the documents
    "documents_title": ("来源文档", "Source documents"),
    "documents_note": (
        "图谱由这 {} 篇文档构成，新近发布的在前。",
        "The graph was built from these {} documents, the latest first.",
    ),
    "evidence_count": ("{} 处出处", "{} passages read"),
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
