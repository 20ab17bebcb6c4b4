"""The words of the picture: which class belongs to which group, and how groups and relations are called."""

from __future__ import annotations

from typing import NamedTuple


class Group(NamedTuple):
    """A kind of node, drawn in one colour and shape."""

    key: str
    zh: str
    en: str


class Link(NamedTuple):
    """A kind of edge, drawn in one colour."""

    key: str
    zh: str
    en: str


GROUPS = (
    Group("agent", "机构", "Agents"),
    Group("initiative", "改革与项目", "Initiatives"),
    Group("region", "地区", "Regions"),
    Group("person", "人物", "People"),
    Group("policy", "政策文件", "Policies"),
    Group("event", "会议活动", "Events"),
    Group("honour", "荣誉", "Honours"),
)

# Local name of the class: its group, and its name in both languages. The first that an entity has is shown, so the
# narrow classes stand before the wide ones.
CLASSES: dict[str, Group] = {
    "GovernmentDepartment": Group("agent", "政府部门", "government department"),
    "Government": Group("agent", "政府", "government"),
    "PartyOrgan": Group("agent", "党的机关", "party organ"),
    "TradeUnion": Group("agent", "工会", "trade union"),
    "CoordinationBody": Group("agent", "议事协调机构", "coordination body"),
    "Enterprise": Group("agent", "企业", "enterprise"),
    "School": Group("agent", "院校", "school"),
    "Organization": Group("agent", "组织", "organisation"),
    "Reform": Group("initiative", "改革", "reform"),
    "Programme": Group("initiative", "项目行动", "programme"),
    "Competition": Group("initiative", "竞赛", "competition"),
    "Initiative": Group("initiative", "举措", "initiative"),
    "Region": Group("region", "地区", "region"),
    "Person": Group("person", "人物", "person"),
    "PolicyDocument": Group("policy", "政策文件", "policy document"),
    "Event": Group("event", "会议活动", "event"),
    "Honour": Group("honour", "荣誉", "honour"),
}

# In the order in which they fill the first view: the leading relations first.
LINKS = (
    Link("leads", "牵头", "leads"),
    Link("implements", "实施", "implements"),
    Link("participatesIn", "参与", "takes part"),
    Link("issues", "印发", "issues"),
    Link("organises", "主办", "organises"),
    Link("post", "任职", "holds post"),
    Link("received", "获得", "received"),
    Link("confers", "授予", "confers"),
    Link("concerns", "涉及", "concerns"),
    Link("partOf", "隶属", "part of"),
)

BOUNDS = {"Exact": "", "About": "约", "Over": "超过", "Under": "不足"}
KINDS = {"Level": "", "Growth": "增减", "Share": "占比", "Target": "目标"}
