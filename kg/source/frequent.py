"""How little a decoded text looks like Chinese, by the characters that every Chinese text is full of."""

from __future__ import annotations

import re

# The most frequent characters of news and official prose, Simplified and Traditional, with their punctuation.
_FREQUENT = frozenset(
    "的一是了在不和有大这主中人上为们地个用工时要动国产以我到他会作来分生对于学下级就年阶义发成部民可出能方进同行面"
    "说种过命度革而多子后自社加小机也经力线本电高量长党得实家定深法表着水理化争现所二起政三好十战无农使性前等反体合"
    "斗路图把结第里正新开论之物从当两些还天资事队批如应形想制心样干都向变关点育重其思与间内去因件日利相由压员气业代"
    "全组数果期导平各基或月毛然问比展那它最及外没看治提五解系林者米群头意只明四道马认次文通但条较克又公孔领军流入接"
    "席位情运器并习原油放立题质指建区验活众很教决特此常石强极土少已根共直团统式转别造切九你取西持总料连任志观调七么"
    "山程百报更见必真保热委手改管处己将修支识病象先老光专几什六型具示复安带每东增则完风回南广劳轮科北打积车计给节做"
    "务被整联步类集号列温装即毫轴知研单色坚据速防史拉世设达尔场织历花受求传口断况采精金界品判参层止边清至万确究书"
    "省市县乡镇街办院厅局院奖励项培训企技术才服务创职协推动府促引评选健责落签岗赛届章印"
    "這為們個時動國產會來對於學級階義發過經線電長黨實戰農論結從當兩還資隊應樣變關點間員氣業組數導問沒看條較領軍"
    "運並習題質區驗眾極團統轉別總連觀調報見熱將識專幾復帶東則風廣勞輪車計給節務聯類號溫裝單堅據設達爾場織歷傳斷況"
    "參層邊萬確書縣鄉鎮辦廳獎勵項訓術創職協選評責簽崗賽屆"
    "，。、；：？！“”‘’《》（）【】「」—…·"
)
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_RARE = re.compile(r"[\u3400-\u4dbf\ue000-\uf8ff\ufffd\x80-\x9f\U00020000-\U0010ffff]")
_WIDE = re.compile(r"[^\x00-\x7f]")
_OTHER_SCRIPT = 0.4  # not Chinese, but perhaps a language


def strangeness(text: str) -> float:
    """Return between 0 (reads like Chinese, or is plain ASCII) and 1 (like no language at all).

    Text in other scripts that holds no Chinese at all is scored by its share of control, private-use and
    replacement characters.

    >>> strangeness("深化产业工人队伍建设改革") < 0.4 < strangeness("锘块攺闈╁缓璁炬繁鍖")
    True
    """
    wide = _WIDE.findall(text)
    if not wide:
        return 0.0
    rare = len(_RARE.findall(text))
    han = sum(1 for _ in _HAN.finditer(text))
    frequent = sum(1 for character in wide if character in _FREQUENT)
    if not han:
        return min(1.0, _OTHER_SCRIPT + 4 * rare / len(wide))
    # About half the characters of any Chinese text are among the frequent ones; wrong decodings have few of them.
    return max(0.0, min(1.0, 1 - 2 * frequent / len(wide) + 4 * rare / len(wide)))
