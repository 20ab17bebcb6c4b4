"""The article in the markup of sites as they are built: their class names and habits, our own words."""

# ruff: noqa: E501 - markup stands as sites build it
import pytest

from kg.model import Page
from kg.text import read_article

P = [
    "河口县总工会日前召开班组建设推进会，全县36家企业的负责人参加，会议总结去年以来的做法。",
    "会议通报，去年全县新建职工书屋12家，培训班组长410人次，投入经费38万元。",
    "县总工会主席陶然要求，各企业要把班组建设抓在手上。",
    "“班组强了，企业才强。”东河机械厂班组长王川说。",
]
T = "河口县推进企业班组建设"
SITES = {
    "portal of a county": f"""
    <html><head>
    <meta http-equiv="Content-Type" content="text/html; charset=utf-8">
    <meta name="ArticleTitle" content="{T}">
    <meta name="PubDate" content="2023-02-07 15:30:00">
    <meta name="ContentSource" content="县总工会"><title>{T}-河口县人民政府</title>
    </head>
    <body>
    <div class="header"><ul><li><a href=#>首页</a></li>
    <li><a href=#>政务公开</a></li>
    </ul>
    </div>
    <div class="w1200">
    <div class="mbx">当前位置：<a href=#>首页</a>&gt;<a href=#>部门动态</a></div>
    <div class="xl_con">
    <div class="xl_tit">{T}</div>
    <div class="xl_xx"><span>发布时间：2023-02-07 15:30</span><span>来源：县总工会</span><span>浏览次数：<em>77</em></span></div>
    <div class="view TRS_UEDITOR trs_paper_default"><p style="text-indent:2em">{P[0]}</p>
    <p style="text-align:center"><img src=a.jpg></p>
    <p>{P[1]}</p>
    <p>{P[2]}</p>
    <p>{P[3]}</p>
    </div>
    <div class="fx">分享到：<a href=#>微信</a></div>
    </div>
    </div>
    <div class="footer"><p>主办：河口县人民政府办公室</p>
    <p>ICP备案编号：滇ICP备00000010号</p>
    </div>
    </body></html>
    """,
    "account of an app": f"""
    <div class="sidebar" class="rich_media_area_primary"><h1 class="rich_media_title" id="activity-name">{T}</h1>
    <div id="meta_content" class="rich_media_meta_list"><span class="rich_media_meta rich_media_meta_text">苏晴</span><a href="javascript:void(0);" id="js_name">河口工会</a><em id="publish_time">2023-02-07 15:30</em></div>
    <div class="rich_media_content" id="js_content">
    <section>
    <section>
    <section style="x"><p><span>{P[0]}</span></p>
    </section>
    </section>
    </section>
    <section><p><span>{P[1][:20]}</span><span><strong>{P[1][20:]}</strong></span></p>
    <p><br></p>
    <section>
    <section><p>{P[2]}</p>
    </section>
    <section><p>{P[3]}</p>
    </section>
    </section>
    </section>
    <section><p><span>来源：河口县总工会</span></p>
    <p>编辑：苏晴 审核：陶然</p>
    </section>
    </div>
    <div>预览时标签不可点</div>
    <div class="rich_media_tool">阅读原文</div>
    </div>
    """,
    "forum": f"""
    <body id="nv_forum">
    <div id="hd"><a href=#>登录</a> <a href=#>立即注册</a></div>
    <div id="wp">
    <div id="pt"><a href=#>论坛</a> › <a href=#>工会之家</a></div>
    <div id="ct"><h1 class="ts"><a href=#>[资讯]</a> <span id="thread_subject">{T}</span></h1>
    <div id="post_1"><table><tr>
    <td class="pls">
    <div class="authi"><a href=#>山里人</a></div>
    <div><p><em><a href=#>58</a></em>主题</p>
    </div>
    </td>
    <td class="plc">
    <div class="pi">
    <div class="authi"><em>发表于 2023-2-8 09:00:12</em> | <a href=#>只看该作者</a></div>
    </div>
    <div class="pct"><table><tr>
    <td class="t_f" id="postmessage_1">　　{P[0]}<br /><br />　　{P[1]}<br />　　{P[2]}<br />　　{P[3]}<br /></td>
    </tr>
    </table>
    </div>
    </td>
    </tr>
    </table>
    </div>
    <div id="post_2"><table><tr>
    <td class=pls><a href=#>路过</a></td>
    <td class=plc>
    <div class=pi>发表于 2023-2-8 10:01:00</div>
    <table><tr>
    <td class="t_f">好，支持一下，希望我们单位也搞起来。</td>
    </tr>
    </table>
    </td>
    </tr>
    </table>
    </div>
    </div>
    </div>
    <div id="ft"><p>Powered by Discuz! X3.4</p>
    </div>
    </body>
    """,
    "newspaper": f"""
    <body>
    <div class="top">
    <div class="nav"><a href=#>新闻</a><a href=#>体育</a><a href=#>财经</a></div>
    </div>
    <div class="wrap clearfix">
    <div class="w_left"><h2>{T}</h2>
    <div class="msg"><span>江岸晚报</span><span>2023-02-07 15:30</span></div>
    <div class="artbox"><p>{P[0]}</p>
    <div class="ad_in"><a href=#>限时特惠：秋冬羽绒服清仓，全场三折起包邮到家</a></div>
    <p>{P[1]}</p>
    <p>{P[2]}</p>
    <p>{P[3]}</p>
    <p>（记者 林一帆）</p>
    </div>
    <div class="keywords">关键词：<a href=#>班组</a></div>
    <div class="tuijian"><h3>推荐阅读</h3>
    <ul><li><a href=#>河口县新增两处公共充电站</a><p>记者从县供电局获悉，新增充电站共有32个充电桩，本月底投入使用。</p>
    </li>
    <li><a href=#>茶叶节开幕</a><p>河口县第十届茶叶节昨日开幕，来自各地的客商齐聚一堂，共话发展。</p>
    </li>
    </ul>
    </div>
    <div class="pl"><h3>网友评论</h3>
    <p>游客：说得好，班组就是企业的细胞。</p>
    </div>
    </div>
    <div class="w_right"><h3>24小时热读</h3>
    <a href=#>县城新开一家书店</a></div>
    </div>
    <div class="bottom"><p>本网所刊登文章均为原创或转载，未经许可不得转载，违者追究法律责任。</p>
    <p>Copyright © 江岸晚报</p>
    </div>
    </body>
    """,
    "old company site": f"""
    <html><body bgcolor=#fff><center><table width=760><tr>
    <td colspan=2><img src=b.gif></td>
    </tr>
    <tr>
    <td valign=top width=160><a href=1>本站首页</a><br><a href=2>公司简介</a><br><a href=3>产品中心</a></td>
    <td><center><font size=4><b>{T}</b></font></center>
    <center>发布日期：[2023-2-7]　　点击次数：[88]</center>
    <hr><font size=3>&nbsp;&nbsp;&nbsp;&nbsp;{P[0]}<br>&nbsp;&nbsp;&nbsp;&nbsp;{P[1]}<br>&nbsp;&nbsp;&nbsp;&nbsp;{P[2]}<br>&nbsp;&nbsp;&nbsp;&nbsp;{P[3]}</font><p align=right>【<a href=x>打印</a>】【<a href=y>关闭</a>】</td>
    </tr>
    <tr>
    <td colspan=2 align=center>版权所有 某某机械厂　地址：东河路3号　电话：0800-1112222</td>
    </tr>
    </table>
    </center>
    </body></html>
    """,
}


@pytest.mark.parametrize("name", SITES)
def test_article_is_found(name):
    article = read_article(Page("a.html", SITES[name], "text/html", "utf-8", ""))
    lines = [article.text[block.start : block.end] for block in article.body()]
    assert T in lines[0]
    assert lines[1:] == P
    assert T in (article.title or "")


@pytest.mark.parametrize(
    ("name", "published"),
    [
        ("portal of a county", "2023-02-07"),
        ("account of an app", "2023-02-07"),
        ("forum", "2023-02-08"),
        ("newspaper", "2023-02-07"),
        ("old company site", "2023-02-07"),
    ],
)
def test_date_is_read(name, published):
    assert read_article(Page("a.html", SITES[name], "text/html", "utf-8", "")).published == published
