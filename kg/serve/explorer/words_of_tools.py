"""The words of the pages to work with: neighbourhood graph, comparison, questions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

TOOLS: Final[Mapping[str, tuple[str, str]]] = {
    # the neighbourhood graph
    "nav_graph": ("关系图", "Graph"),
    "graph_title": ("关系图", "Neighbourhood graph"),
    "graph_lede": (
        "从任一实体出发，逐步展开它的关系；或查看两个实体之间的主要路径。",
        "Start from anything, unfold what it is related to, or see the leading paths between two things.",
    ),
    "graph_from": ("从", "From"),
    "graph_to": ("路径到", "Path to"),
    "graph_show": ("查看", "Show"),
    "graph_name_hint": ("名称，如 省总工会", "A name"),
    "graph_begin": ("可以从这里开始", "Where one may begin"),
    "graph_led_by": ("{} 个主体牵头", "led by {}"),
    "graph_filters": ("筛选", "Filters"),
    "graph_only_relations": ("只看关系", "Only these relations"),
    "graph_only_groups": ("只看类别", "Only these kinds"),
    "graph_at_once": ("每处最多", "At most"),
    "graph_least": ("把握 ≥", "Confidence ≥"),
    "graph_apply": ("应用", "Apply"),
    "graph_picture": (
        "关系图。方向键移动，回车展开或收起，Esc 取消选择。",
        "Graph. Arrow keys move, Enter unfolds or folds, Esc clears.",
    ),
    "graph_as_text": ("图中内容", "What the graph shows"),
    "graph_shown": ("显示 {} / 共 {}", "{} of {} shown"),
    "graph_expand": ("展开", "Unfold"),
    "graph_collapse": ("收起", "Fold"),
    "graph_open": ("查看全部事实", "All facts"),
    "graph_path_from": ("找路径", "Find paths"),
    "graph_more": ("显示更多", "Show more"),
    "graph_nothing": ("没有符合条件的关系。", "No relation passes."),
    "graph_unknown": ("没有找到“{}”。", "“{}” was not found."),
    "graph_sentence": ("原句", "Sentence"),
    "graph_structure": ("由结构得出", "From the structure"),
    "graph_zoom_in": ("放大", "Zoom in"),
    "graph_zoom_out": ("缩小", "Zoom out"),
    "graph_fit": ("看全图", "Fit"),
    "graph_drawn": ("{} 个实体，{} 条关系", "{} things, {} relations"),
    "graph_among": ("彼此之间", "Among each other"),
    "paths_title": ("主要路径", "Leading paths"),
    "paths_none": ("{} 步之内没有路径。", "There is no path of up to {} steps."),
    "paths_some": (
        "只查了一部分关系，可能还有别的路径。",
        "Not all relations were looked at; there may be other paths.",
    ),
    "paths_weight": ("权重 {}", "weight {}"),
    "paths_back": ("回到“{}”的关系", "Back to “{}”"),
    "group_agent": ("机构", "Bodies"),
    "group_initiative": ("改革与项目", "Initiatives"),
    "group_region": ("地区", "Places"),
    "group_person": ("人物", "People"),
    "group_policy": ("政策文件", "Policies"),
    "group_event": ("会议活动", "Events"),
    "group_honour": ("荣誉", "Honours"),
    "relation_post": ("任职", "holds post at"),
    "relation_confers": ("授予", "confers"),
    "relation_place": ("所在", "in"),
    "relation_partOf": ("隶属", "part of"),
}
