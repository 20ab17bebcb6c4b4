"""Lines that look alike and are of the article in one place, of the site in another."""

from __future__ import annotations

import hashlib

from kg.model import BlockKind, Page
from kg.text import read_article
from kg.text.furniture import is_menu, is_record

BODY = {BlockKind.TITLE, BlockKind.HEADING, BlockKind.PARAGRAPH}
REPORT = "4月6日，南屏市总工会在水泵厂开办了第一个车间图书角，职工下班以后可以借书，也可以坐下来看一会儿。\n" * 2
NOTICE = f"南屏市开办车间图书角\n2021-04-07 08:30\n{REPORT}想申请图书角的企业，请在月底前联系市总工会宣教部。\n"


def body(text: str, media_type: str = "text/plain") -> list[str]:
    article = read_article(Page("页", text, media_type, "utf-8", hashlib.sha256(text.encode()).hexdigest()))
    return [" ".join(article.text[b.start : b.end].split()) for b in article.blocks if b.kind in BODY]


def test_an_address_with_its_postcode_is_of_the_notice_where_a_signature_stands_below() -> None:
    address = "通信地址：南屏市文汇路5号，邮编000000"
    signed = body(f"{NOTICE}{address}\n南屏市总工会\n2021年4月7日\n")
    assert signed[-3:] == [address, "南屏市总工会", "2021年4月7日"]
    assert not any("邮编" in line for line in body(f"{NOTICE}{address}\n版权所有 南屏在线\n"))


def test_who_wrote_for_an_account_is_no_headline_that_says_original() -> None:
    assert not any(
        line.startswith("原创") for line in body(f"车间里的图书角\n原创 小屏 南屏职工\n2021-04-07\n{REPORT}")
    )
    assert body(f"原创歌曲唱响南屏车间\n2021-04-07 08:30\n{REPORT}")[0] == "原创歌曲唱响南屏车间"


def test_the_name_below_whose_article_is_passed_on_is_told_by_that_line_alone() -> None:
    passed = body(f"车间里有了图书角\n2021-04-07 08:30\n以下文章来源于南屏职工，作者小屏\n南屏职工.\n{REPORT}")
    assert not any("南屏职工" in line for line in passed)


def test_rows_of_words_are_menus_where_half_of_them_are_parts_of_sites() -> None:
    assert is_menu("首页 论坛 相册 博客 问答")
    assert not is_menu("周一 周二 周三 周四 周五")
    assert not is_menu("首页 论坛")


def test_tables_are_records_of_letters_where_a_value_stands_behind_each_label() -> None:
    assert is_record("来信编号 NP-031 来信类别 建议")
    assert not is_record("姓名 联系电话 电子邮箱 留言时间")
    assert not is_record("序号 姓名 单位 工种")


def test_one_letter_and_its_answer_are_the_page_and_many_letters_are_lists() -> None:
    answer = "您提的建议很好，市总工会已经和厂方商定，从五月起图书角开放到晚上九点，周末也安排人值守。"
    asked = "图书角下午五点就关门，我们下班已经五点半了，能不能多开几个小时，让倒班的人也看得上书？"
    one = f"<div class=a><b>来信内容</b><p>{asked}</p></div><div class=a><b>答复信息</b><p>{answer}</p></div>"
    page = "<html><body><div class=m><h2>图书角能不能晚点关门</h2>{}</div></body></html>"
    assert {asked, answer} <= set(body(page.format(one), "text/html"))
    lead = (
        f"<div><p>{REPORT.splitlines()[0]}</p><p>读者来信很多，编辑部挑出两封登在下面，供各单位参考和答复。</p></div>"
    )
    found = body(page.format(lead + f"<div class=b>{one * 2}</div>"), "text/html")
    assert answer not in found
    assert found[1] == REPORT.splitlines()[0]


def test_a_headline_behind_its_label_is_the_title_without_it() -> None:
    def title(line: str) -> str | None:
        text = f"{line}\n2021-04-07 08:30\n{REPORT}"
        return read_article(Page("页", text, "text/plain", "utf-8", hashlib.sha256(text.encode()).hexdigest())).title

    assert title("信件标题：车间里能不能放一个书架") == "车间里能不能放一个书架"
    assert title("主题：[转帖]车间里的书架摆满了") == "[转帖]车间里的书架摆满了"
    assert title("主题公园里办起职工运动会") == "主题公园里办起职工运动会"


def test_a_paragraph_is_appended_with_its_heading_and_excerpts_are_not() -> None:
    heading = "图书角怎么申请"
    said = "有固定场所、有专人管理的车间，都可以向所在企业的工会提出申请，由市总工会配送图书和书架。"
    assert body(f"{NOTICE}■相关链接\n{heading}\n{said}\n")[-2:] == [heading, said]
    assert said not in body(f"{NOTICE}■相关链接\n{heading}\n{said}\n2021-03-01\n厂区夜校开学\n2021-02-11\n")


def test_rows_that_figures_count_are_a_table_and_headlines_that_figures_count_are_a_ranking() -> None:
    rows = "序号\n姓名\n单位\n1\n史小川\n南屏市第二水泵制造有限公司装配车间\n2\n贝一宁\n南屏市公共交通集团第三修理厂\n"
    closing = "以上人员的事迹，将在市总工会的图书角长期展出，欢迎职工前来参观。\n"
    assert set(rows.split()) <= set(body(NOTICE + rows + closing))
    ranking = "1\n图书角的第一位读者是位焊工\n2\n厂门口的早餐摊今天开到了几点\n3\n南屏市新添三条夜班公交线路\n"
    assert not set(ranking.split()) & set(
        body(f"{NOTICE}{ranking}网站所登的内容，均由各单位的通讯员提供，欢迎来稿来信。\n")
    )
