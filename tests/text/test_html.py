"""Markup to blocks: layouts of other days and of ours, tables, and what no browser shows."""

import pytest

from kg.model import BlockKind, Page
from kg.text import read_article

FIRST = "云岭市总工会日前公布技能提升行动的成绩单，三年来全市培训职工12万人次，新增高技能人才8000余人。"
SECOND = "行动由市总工会牵头，市人社局、市教育局配合，市财政累计投入2600万元。"
THIRD = "“厂里有了工作室，我们学技术不用出远门。”东河机械厂钳工王川说。"


def read(markup):
    return read_article(Page("a.html", markup, "text/html", "utf-8", ""))


def body(article):
    return [(block.kind.value, article.text[block.start : block.end]) for block in article.body()]


ARTICLE = [("title", "云岭市公布技能提升成绩单"), ("paragraph", FIRST), ("paragraph", SECOND), ("paragraph", THIRD)]

LAYOUTS = {
    "divs": f"""<html><head><title>云岭市公布技能提升成绩单_江岸新闻网</title></head><body>
        <div class="nav"><a href="/">首页</a><a href="/a">要闻</a><a href="/b">专题</a></div>
        <div class="main"><h1>云岭市公布技能提升成绩单</h1><div class="info">2022-03-04 08:00 来源：江岸新闻网</div>
        <div class="txt"><p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p></div></div>
        <div class="side"><h3>热点</h3><ul><li><a href=1>北山大桥今日起封闭维修三个月请绕行</a></li></ul></div>
        <div class="foot">版权所有 江岸新闻网 滇ICP备00000001号</div></body></html>""",
    "breaks": f"""<body><font size=5>云岭市公布技能提升成绩单</font><br>2022年3月4日 来源：江岸新闻网<br><br>
        &nbsp;&nbsp;{FIRST}<br><br>&nbsp;&nbsp;{SECOND}<br>　　{THIRD}<br><br>
        <a href=1>上一篇：北山大桥封闭维修</a><br><a href=2>下一篇：苹果丰收</a><br>版权所有 江岸新闻网</body>""",
    "tables": f"""<body><table width=100%><tr><td><a href=1>首页</a> | <a href=2>要闻</a></td></tr></table>
        <table><tr><td width=20%><a href=3>北山市启动消费节发放消费券</a><br><a href=4>河口县茶叶上市</a></td><td>
        <table><tr><td align=center><b>云岭市公布技能提升成绩单</b></td></tr><tr><td>发布时间：2022-03-04</td></tr>
        <tr><td><p>{FIRST}<p>{SECOND}<p>{THIRD}</td></tr></table></td></tr></table>
        <table><tr><td>联系电话：0800-000000</td></tr></table></body>""",
    "unclosed": f"""<h1>云岭市公布技能提升成绩单<p>{FIRST}<p>{SECOND}<div>{THIRD}""",
    "semantic": f"""<main><nav><a href=1>要闻</a><a href=2>专题</a></nav><article><header>
        <h1>云岭市公布技能提升成绩单</h1><time datetime="2022-03-04">2022-03-04</time></header>
        <section><span>{FIRST}</span></section><section><span>{SECOND}</span></section>
        <aside><p>相关阅读</p><a href=3>北山市启动消费节，三万份消费券一小时领完</a></aside>
        <section><span>{THIRD}</span></section></article></main>
        <footer><p>本网站由江岸新闻网运营，未经授权不得转载，违者将依法追究责任。</p></footer>""",
}


@pytest.mark.parametrize("name", LAYOUTS)
def test_article_is_found(name):
    assert body(read(LAYOUTS[name])) == ARTICLE


def test_origin_is_read():
    article = read(LAYOUTS["divs"])
    assert (article.title, article.published, article.publisher) == (
        "云岭市公布技能提升成绩单",
        "2022-03-04",
        "江岸新闻网",
    )


def test_date_of_a_teaser_is_not_the_articles():
    teasers = "".join(
        f"<li><a href={n}>北山市第{n}届茶艺大赛举行</a><span>2019-05-0{n}</span></li>" for n in range(1, 6)
    )
    article = read(f"<h1>云岭市公布技能提升成绩单</h1><p>{FIRST}</p><p>{SECOND}</p><ul class=related>{teasers}</ul>")
    assert article.published is None


def test_declared_date_is_used_where_no_line_has_one():
    article = read(f'<meta name="PubDate" content="2022-03-04 10:00"><p>{FIRST}</p>')
    assert article.published == "2022-03-04"


def test_what_is_hidden_is_left_out():
    article = read(
        f"<p>{FIRST}</p><script>var a='<p>脚本。</p>';</script><style>p{{}}</style>"
        "<div style='display:none'>暗藏的字。</div>"
        f"<!-- 注释 --><noscript>请启用脚本。</noscript><template>模板。</template><p>{SECOND}</p>"
    )
    assert article.text == f"{FIRST}\n{SECOND}"


def test_line_breaks_of_the_source_do_not_part_words():
    article = read("<p>云岭市总工会牵头\n      推进改革，三年来\n成效明显，职工满意。</p>")
    assert article.text == "云岭市总工会牵头推进改革，三年来成效明显，职工满意。"


def test_table_with_spans_is_a_full_grid():
    article = read(
        f"<p>{FIRST}</p><table><thead><tr><th rowspan=2>县市</th><th colspan=2>人才</th></tr>"
        "<tr><th>技能<br>(人)</th><th>占比</th></tr></thead>"
        "<tr><td rowspan=2>北山市</td><td>120</td><td>30%</td></tr><tr><td>130</td><td></td></tr></table>"
    )
    (block,) = [block for block in article.blocks if block.kind is BlockKind.TABLE]
    assert block.table is not None
    assert [[cell.text for cell in row] for row in block.table.grid] == [
        ["县市", "人才", "人才"],
        ["县市", "技能(人)", "占比"],
        ["北山市", "120", "30%"],
        ["北山市", "130", ""],
    ]
    assert block.table.header_rows == 2
    assert article.text[block.start : block.end] == "县市\t人才\n技能(人)\t占比\n北山市\t120\t30%\n130\t"
    for row in block.table.grid:
        for cell in row:
            assert article.text[cell.start : cell.end] == cell.text


@pytest.mark.parametrize(
    ("rows", "headers"),
    [
        ("<tr><td>指标</td><td>2022年</td></tr><tr><td>人才</td><td>12</td></tr>", 1),
        ("<tr><td>人才</td><td>12</td></tr><tr><td>竞赛</td><td>3</td></tr>", 0),
        ("<tr><th>指标</th><th>数</th></tr><tr><th>人才</th><td>12</td></tr>", 1),
    ],
)
def test_header_rows_are_counted(rows, headers):
    article = read(f"<p>{FIRST}</p><table>{rows}</table>")
    (table,) = [block.table for block in article.blocks if block.table]
    assert table.header_rows == headers


def test_table_in_a_layout_table():
    article = read(
        f"<table><tr><td>{FIRST}</td></tr><tr><td><table><tr><td>指标</td><td>数</td></tr><tr><td>人才</td><td>12</td></tr>"
        f"</table></td></tr><tr><td>{SECOND}</td></tr></table>"
    )
    assert [kind for kind, _ in body(article)] == ["paragraph", "table", "paragraph"]


def test_attributes_with_brackets_and_quotes():
    article = read(f"""<p title="a > b" data-x='<p>'>{FIRST}</p><img alt=">" src=x><p>{SECOND}</p>""")
    assert article.text == f"{FIRST}\n{SECOND}"


def test_lines_broken_at_a_fixed_width_are_joined_within_their_element():
    text = FIRST + SECOND + THIRD
    broken = [text[at : at + 36] for at in range(0, len(text), 36)]
    row = "<tr><td>松江区</td><td>1200</td></tr>"
    table = f"<table><tr><th>地区</th><th>人数</th></tr>{row}{row}</table>"
    for wrapped in ("<br>".join(broken), "<pre>" + "\n".join(broken) + "</pre>"):
        markup = f"<h1>云岭市公布技能提升成绩单</h1><div>{wrapped}</div><div>{table}</div>"
        article = read(markup)
        kinds = [kind for kind, _ in body(article)]
        assert kinds == ["title", "paragraph", "table"]
        assert body(article)[1][1] == text
        (block,) = [block for block in article.body() if block.table]
        assert [cell.text for cell in block.table.grid[1]] == ["松江区", "1200"]
        at = article.text.index(broken[1][:5])
        assert markup[slice(*article.page_span(at, at + 5))] == broken[1][:5]


def test_excerpts_of_one_length_are_not_joined_with_their_dates():
    cut = [line[:40].rstrip("。") for line in (FIRST, SECOND, THIRD)]
    markup = "<div>" + "<br>".join(f"{line}<br>2023-01-0{number}" for number, line in enumerate(cut, 1)) + "</div>"
    lines = read(markup).text.split("\n")
    assert [line for line in lines if line.startswith("2023")] == ["2023-01-01", "2023-01-02", "2023-01-03"]
