"""What the lines of Chinese pages look like: the vocabulary of dates, bylines, navigation and small print.

These are the words that sites of any subject put around an article. None belongs to one page.
"""

from __future__ import annotations

import functools
import re

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_HAN_RUN = re.compile(f"{HAN.pattern}+")
FINAL = re.compile(r"(?:[。！？!?…]|\.{3,6}|——)[”’」』》）)】\"']*$|[。！？；;][（(][^（）()]{1,40}[)）]$")
SENTENCE_END = re.compile(r"[。！？!?；;]")
COMMA = re.compile(r"[，,、：:]")

_DATE = r"(?:19|20)\d{2}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日?)(?:日)?"
_TIME = r"(?:[T ]{0,2}\d{1,2}(?:[:：]\d{2}(?:[:：]\d{2})?|时\d{1,2}分?)|[上下]午)?(?:Z|[+-]\d{2}:?\d{2})?"
DATE = re.compile(_DATE)
DATE_ONLY = re.compile(
    rf"^[\[(（【]?(?:(?:时间|日期|发布时间|发布日期)[:：])?{_DATE}{_TIME}(?:星期[一二三四五六日天])?[\])）】]?$"
)

# A label of a meta line, with what it says behind the colon.
META = re.compile(
    r"(?:(?:信息|文章|稿件|新闻|内容)?来\s?源|稿源|转自|作者|记者|通讯员|撰稿|供稿|文/|文字|图文|撰文|统筹|策划|排版|美编|(?:发布|发表|更新|创建|发文|发稿)(?:时间|日期)|"
    r"时间|日期|发布(?:机构|单位|人|者)|责任编辑|责编|编辑|编审|审核|审校|校对|校审|初审|复审|终审|签发|监制|类别|栏目|分类|"
    r"浏览(?:次数|量)?|阅读(?:次数|量|数)?|点击(?:次数|数|量|率)?|访问(?:次数|量)|人气|查看|字号|字体|"
    r"索引号|文号|发文字号|主题词|关键词|标签|点赞|收藏|评论)(?:[:：(（]|\s?[|｜丨]\s?\S|\s*\d)|发[表布]于[:：]?\s*\d{4}"
)
_ROLE = (
    r"(?:(?:本报|本网|本刊|本台|《[^《》]{2,12}》|[\u4e00-\u9fff]{2,8}?(?:网|报|社|台|日报|晚报|客户端|新闻|融媒|传媒|在线|杂志|周刊))?"
    r"(?:(?:全媒体|融媒体?|见习|实习|特约|首席|摄影)?(?:记者(?!手记|札记|感言|观察|调查|走|深入|来到|获悉|提问)|通讯员)|(?:专栏)?作者(?!感言|简介|介绍|手记)|(?:特约)?撰稿人|实习生(?=[\s:：]|[\u4e00-\u9fff]{2,3}(?:$|[\s）)】]))|"
    r"文/图|文图|(?:文字|图文|撰文|文|图|摄影|执笔|采写|编译)(?=[\s:：/|丨])|"
    r"供稿|撰稿|编辑|责编|责任编辑|整理))"
)
_NAME = r"[\u4e00-\u9fff]{1,4}(?:·[\u4e00-\u9fff]{1,8})?"
_GIVEN = r"(?:受访者|受访单位|单位|[\u4e00-\u9fff]{2,10})(?:提供|供图)"
BYLINE = re.compile(
    rf"^[（(【□■◎●]?\s?{_ROLE}[\s:：/|丨·]{{0,2}}(?:{_NAME}[\s:：/|丨·、,，&]{{1,3}}|{_ROLE}[\s:：/|丨·]{{0,2}}){{0,9}}(?:{_NAME}|{_GIVEN})"
    r"(?:摄|摄影|报道|文|图|文/图|整理|供图)?[)）】]?$|"
    r"^[（(]?[\u4e00-\u9fff、\s]{0,24}(?:课题组|调研组|编写组|报道组|评论员|编辑部)(?:成员[:：][^。]{2,60})?[)）]?$"
)
ATTACHMENT = re.compile(r"^附件[:：]?\s?(?:\d{1,2}[.．、])?\s?(.{4,60}?)[。.]?$")
# What announces a list: the lines below are its members.
ANNOUNCES = re.compile(r"(?:名单|如下|公示|一览)(?:[（(][^（）()]{1,16}[)）])?(?:[:：]|—+|-+)?$|[:：]$")
# A member of such a list: a name with who it is, or a body.
MEMBER = re.compile(
    r"^(?:\d{1,3}[.．、\s]\s?)?[\u4e00-\u9fff·]{1,12}(?:\s[\u4e00-\u9fff])?\s*(?:[（(][^（）()]{1,16}[)）])?\s+[\u4e00-\u9fff“”（）()]{4,40}$|"
    r"^(?:\d{1,3}[.．、\s]\s?)?[\u4e00-\u9fff“”（）()]{4,36}"
    r"(?:公司|集团|厂|医院|学校|学院|大学|中学|小学|局|所|站|中心|工会|班|班组|车间|队|社区|街道|银行|支行|村|院|部|处|室|科|组|委员会|工区|园区|店|馆|矿|段|厅|台|库|船|机组|协会|分会|联盟|基地)$"
)
APPENDIX = re.compile(r"^附(?:件|表|录)\s?[\d一二三四五六七八九十]{0,2}[:：]?$")
SPEAKER = re.compile(r"^[\u4e00-\u9fff]{1,6}[:：]")
# A caption with the mark or the word that points to its picture; a bare place behind a mark heads a report.
CAPTION = re.compile(
    r"^[▲△↑▼▽↓]\s?(?![\u4e00-\u9fff]{1,7}[省市州盟县区旗镇乡]$)\S|"
    r"^[（(]?(?:[上下左右题]?图为|[上下左右题]图[:：]|图[一二三四五六七八九\d]{1,2}[:：为])"
)
# Who took a picture, or made it.
CREDIT = re.compile(
    r"^[（(【▲△]?(?:[^，。；：]{1,20}[\s/|｜:：]?(?:摄影?|供图|摄影报道|制图|绘图)|资料图片?|"
    r"[^。]{4,50}。\s?[\u4e00-\u9fff·]{2,4}\s?[/／]?摄|[^。（(]{4,40}[（(](?:资料图片?|[^（）()]{2,12}(?:摄影?|供图))|"
    r"(?:图[片源]?|照片|摄影|视频|海报|制图|素材)\s?(?:由[^，。]{2,24}(?:提供|拍摄)|[/|｜:：]\s?[^，。]{2,24}))[。]?[)）】]?$"
)
PAGE_NUMBER = re.compile(
    r"^(?:[-—–―－·]{1,3}\s?\d{1,4}\s?[-—–―－·]{1,3}|第\s?\d{1,4}\s?页(?:[\s,，/]{0,3}共\s?\d{1,4}\s?页)?|\d{1,4}\s?/\s?\d{1,4})$"
)
# The name of a newspaper and the day of its issue.
MASTHEAD = re.compile(rf"^[\u4e00-\u9fff]{{2,8}}报(?:数字[报版])?\s{{0,3}}{_DATE}")
# The sheet of a newspaper.
SHEET = re.compile(r"(?:第\s?|(?<![\d.A-Za-z]))[A-Z]?\d{1,2}\s?版(?![本面权块])")
# A section's number on a line of its own.
NUMBER_ALONE = re.compile(
    r"^(?:[-–—/·•\s]{0,3}0\d[-–—/·•.\s]{0,3}|(?:PART|Part)[\s.]{0,2}(?:\d{1,2}|[A-Z]{1,5})|[一二三四五六七八九十]{1,2}|第[一二三四五六七八九十]{1,2}[章节部分编篇]{1,2})$"
)
# A time of the day with its date but without the year.
TIME_OF_DAY = re.compile(r"(?<![\d-])(?:0?[1-9]|1[0-2])(?:-|/|月)(?:0?[1-9]|[12]\d|3[01])日?\s?[012]?\d:[0-5]\d(?!\d)")
# To whom copies of a document go, and who printed it.
COPIES = re.compile(
    r"^(?:抄\s?送|抄\s?报|主\s?送|分\s?送)[:：]|"
    r"^[\u4e00-\u9fff（）()]{4,30}(?:办公室|秘书处|办公厅)\s*\d{4}年\d{1,2}月\d{1,2}日印发$"
)
# How long ago something was put up, or the day without a date.
RELATIVE = re.compile(
    r"(?:^|[\s·|｜•])(?:\d{1,2}\s?(?:秒|分钟|小时|天|周|个月)前|刚刚|昨天|前天)(?:\s?\d{1,2}:\d{2})?$"
)
# A field of a document's index card, its value on the next line.
_CARD_LABEL = (
    r"(?:索\s?引\s?号|信息索引|主题(?:分类|词)|体裁分类|组配分类|服务对象|发[文布]机[关构]|发布机构|公开(?:主体|方式|类别|形式|日期|范围)|责任部门|"
    r"(?:成文|生成|生效|发文|发布|公布|印发|废止)(?:日期|时间)|(?:发文|文件)?(?:字|编)号|文\s?号|标\s?题|(?:文件|信息)?名\s?称|有\s?效\s?性|时\s?效)"
)
CARD_LABEL = re.compile(rf"^{_CARD_LABEL}[:：]$")
# The same with what it says.
CARD_LINE = re.compile(
    rf"^(?:{_CARD_LABEL}|(?:所属|当前)?(?:栏目|专题|分类)|(?:来源|文章|信息)(?:类型|类别|分类)|(?:发文|制发|制定|发布|公开|解读)(?:单位|部门|机关|机构|人)|信息来源)"
    r"\s?[:：]\s?[^。！？；]{1,40}$"
)
# The whole card, in a line or a table.
CARD = re.compile(rf"^{_CARD_LABEL}[:：]?\s?\S{{1,60}}\s(?:.{{0,80}}\s)?{_CARD_LABEL}[:：\s]")
# Who takes part in a press conference or a meeting, and where, as listed above its record.
TAKES_PART = re.compile(
    r"^(?:(?:会议|活动|发布会?|访谈)?地\s?点|主\s?持(?:人)?|(?:新闻)?发[布言](?:人|嘉宾)|(?:出席|参加|与会|列席)(?:人员?|嘉宾|领导|单位)?|(?:访谈)?嘉\s?宾|主讲人?|受访者?|记录(?:人)?)"
    r"[:：]\s?\S"
)
HELD = re.compile(r"^(?:(?:会议|活动|发布会|访谈)?时\s?间)[:：]\s?\S")
PERSON_AFTER_POST = re.compile(r"^[\u4e00-\u9fff、（）()“”]{4,40}[\s　][\u4e00-\u9fff·]{1,12}(?:\s[\u4e00-\u9fff])?$")
PERSON_BEFORE_POST = re.compile(
    r"^[\u4e00-\u9fff·]{2,12}[\s　]+[\u4e00-\u9fff、（）()“”]{3,40}[长记席任员授理师裁监委]$"
)
# What a journal puts around a paper, and the works that it cites.
APPARATUS = re.compile(
    r"^[［\[【（(]\s?(?:关\s?键\s?词|中图分类号|文献标识码|文章编号|作者简介|作者单位|收稿日期|基金项目)|^参\s?考\s?文\s?献[:：]?$"
    r"|^[［\[]\d{1,2}[］\]]\s?.{4,80}[［\[][A-Z](?:/OL)?[］\]]"
)
ISSUE_OF_JOURNAL = re.compile(r"[\u4e00-\u9fff》]\s?\d{4}\s?年第?\s?\d{1,2}\s?期$")
RUN_BY = re.compile(r"^(?:主\s?办|承\s?办|维\s?护|运行维护|技术支持)(?:单位)?[:：]\s?\S")
# Whom to ask, below the last paragraph of a notice.
CONTACT = re.compile(r"^联\s?系\s?人(?:及(?:联系)?(?:电话|方式))?[:：]\s?\S")
# What an article adds in brackets below its last paragraph.
ADDS = re.compile(r"^[（(][^（）()。]{1,40}(?:[为系是]|使用)化名[)）]$")
SPEAKS = re.compile(r"^[\u4e00-\u9fff·]{2,12}[:：]$")
PLACE_OF_POST = re.compile(r"^(?:发[布表]于|来自|IP属地)[:：]?\s?[\u4e00-\u9fff]{2,4}$")
SUPPLIED = re.compile(
    r"^[（(][\u4e00-\u9fff]{2,16}(?:融媒体中心|宣教部|宣传部|宣教处|宣传处|报社|通讯社|记者站|日报|晚报|新闻中心)[)）]$|"
    r"^[（(][^（）()，。]{2,20}(?:记者|通讯员)[)）]$|^[（(][^（）()。]{2,30}(?:供稿|报道|整理|摄影|供图|报道组|撰稿|摄)[)）]$"
)
SOURCE_LINE = re.compile(
    r"^[（(【]?(?:本文|文章|稿件|信息|资料|内容|图片)?(?:来源(?:于|自|[:：\s]|(?=[^，。]{2,20}(?:网|报|社|台|端|号|发布|新闻)[)）】]?$))|转载?自|摘自|原载|据)"
    r"[:：]?\s?[^，。]{2,24}[)）】]?$"
)

# Words of navigation, services and small print; a line made of them is furniture.
FURNITURE = re.compile(
    r"^第\s?[A-Z]?\d{1,2}\s?版|^(?:广告|推广|赞助)\s?[|｜丨:：·]|版权所有|版权归|著作权|"
    r"Copyright|©|&copy;|All Rights? Reserved|ICP[备证]|公网安备|备案(?:号|序号)|技术支持|Powered by|许可证|"
    r"网站地图|关于我们|联系我们|联系方式|广告(?:服务|合作|投放)|诚聘|招贤纳士|友情链接|网站声明|隐私(?:政策|保护|声明)|服务条款|免责声明|法律声明|"
    r"设为首页|加入收藏|返回(?:首页|顶部|列表|目录)|当前位置|您(?:现在)?的位置|所在位置|当前栏目|首页\s?[>»|→/›]|网站首页|站内搜索|热门搜索|热搜|"
    r"立即注册|找回密码|忘记密码|登录|注册账号|快捷导航|高级模式|本版积分|发新帖|回帖|楼主|只看该作者|倒序浏览|使用道具|查看:\s?\d|"
    r"跳转到指定楼层|复制链接|积分\s?\d|Rank:|Processed in|GMT[+-]\d|"
    r"分享到|分享至|扫一扫|扫码|二维码|微信公众号|官方微信|官方微博|手机版|无障碍|客户端下载|打印本页|\[打印\]|\[关闭\]|关闭窗口|打印\s?\|?\s?关闭|纠错|字号|字体[:：]|"
    r"(?:服务|新闻|投稿|举报|值班|咨询|监督|报料|客服)(?:热线|电话|信箱|邮箱)|(?:电话|传真|邮编|邮箱|地址|QQ|E-?mail)[:：]|"
    r"未经(?:授权|许可|书面)|不得转载|不得镜像|转载(?:时|请|须|稿件)|注明(?:来源|出处)|如(?:有|涉)侵?[权版]|侵权|不代表本[站网报]|仅代表作者|"
    r"本站(?:信息|资讯|所有|系|不|内容|转载|未)|本网(?:站)?(?:所|凡|不|转载)|凡本[网站报]|快照|爬虫|采集|"
    r"风险提示|展开(?:剩余|全文|更多|阅读)|打开\s?(?:APP|客户端)|听新闻|阅读全文|特别声明|信息存储|稍后阅读|退订|写评论|在看|我[来要]说两句|\d人参与|手机看新闻|保存到博客|官方[账帐]号|(?:正在|视频)加载|加载中|播放视频|本帖最后由|显示全部楼层|\+\s?关注|点击.{0,6}(?:蓝字|关注)|上一[篇条页版]|下一[篇条页版]|上一主题|下一主题|播报本文|(?:听|读)全文|阅读(?:本文)?(?:约?需|大?约)|阅读时[间长]\s?\d|读完(?:约|需|大约)|(?:全文|本文)(?:共|约)?\s?\d+\s?字|关注.{0,16}(?:公众号|微信号|视频号|服务号)|(?:官方|政务)?(?:澎湃|百家|头条|搜狐|网易|企鹅|大鱼|抖音|快手|强国|新湖南|人民)号$|(?:领域|内容)创作者$|^\d{1,2}:\d{2}\s?/\s?\d{1,2}:\d{2}|往期回顾|版面导航|数字报|点击下载|附件下载|感谢您访问|您可能|阅读原文|查看更多|展开全文|"
    r"以上就是.{2,60}内容|更多.{0,8}(?:敬请|请).{0,4}关注|(?:敬请|请继续)关注|"
    r"javascript:|https?://|www\.|\.(?:com|cn|net|example)\b",
    re.IGNORECASE,
)
# Of these one is enough, also in a full sentence.
SMALL_PRINT = re.compile(
    r"版权(?:归|声明|所有|问题)|著作权|Copyright|©|侵权|免责|转载|本[站网](?:赞同|立场|观点|无关)|原作者|联系删除|(?:来自|来源于?)(?:互联)?网络|作者观点|信息存储|(?:用户|作者)上传|特别声明|风险提示|仅供参考|入市需谨慎|不构成.{0,6}建议",
    re.IGNORECASE,
)
# Headings under which other articles are listed, or readers speak.
OTHERS = re.compile(
    r"^[\W_]{0,3}(?:(?:相关(?:阅读|新闻|链接|文章|报道|推荐|资讯|内容|信息|专题|解读|政策|文件|稿件)|延伸阅读|推荐(?:阅读|新闻|文章)|猜你喜欢|"
    r"热(?:门|点)?(?:排行|推荐|文章|新闻|阅读|点击|帖|读|点)榜?|(?:本周|今日|本月|24小时|一周)(?:热[读点文门榜]|排行|推荐|最热)|往期(?:回顾|精[选彩]|推荐|文章)|"
    r"精彩(?:推荐|图文|内容)|(?:[\u4e00-\u9fff]{0,4}新闻|编辑|内容|热点)精选|图片新闻|最新(?:文章|资讯|新闻|动态|更新)|大家(?:都|还)在看|喜欢此内容的人|近期文章|为[你您]推荐|排行榜|(?:点击|阅读)排行|通知公告|今日推荐|相关搜索|更多)"
    r"(?:[\s:：>»（()）\d·更多条篇]*$|[:：].*$)|更多(?:关于|新闻|资讯|精彩|内容|推荐|相关)[^。，]{0,16}$|[【\[(]?[上下]一[篇条页][】\])]?[:：\s].*$)"
)
REPLIES = re.compile(
    r"^[\W_]{0,3}(?:网友(?:评论|留言)|(?:最新|热门|全部|用户|精彩)?评论|我要评论|发表评论|留言板?|跟帖|回复)[\s(（:：\d条)）]*$"
)
TRUNCATED = re.compile(r"^(?:\.{3}|…)|(?:\.{3}|…)$")

_NUMBER = (
    r"[一二三四五六七八九十百]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|第[一二三四五六七八九十百]{1,3}[章节条部分编]|"
    r"\d{1,2}(?:[、．]|\.(?!\d))|[（(]\d{1,2}[)）]|[①-⑳]"
)
ITEM = re.compile(rf"^(?:{_NUMBER})")
HEADING = re.compile(rf"^(?:{_NUMBER}|【[^】]{{1,16}}】|#{{1,6}}\s|——|[•·●◆■□▪※★]\s?)")
# A line of an official document: addressee, duties, signature.
OFFICIAL = re.compile(
    r"^(?:各|[\u4e00-\u9fff、，,（）()]{2,60}[:：]$)|(?:牵头|责任|主办|承办|配合|协办|参加|成员)(?:单位|部门|领导)[:：]|"
    r"(?:特此|现)(?:通知|公告|通报|报告|印发|将)|(?:完成|办理)时限[:：]|^(?:组\s?长|副组长|成\s?员|主\s?任|召集人)[:：]|^附(?:件|表|注)?[:：]|"
    r"〔(?:19|20)\d{2}〕\d+号|[（(]此件"
)
# An outlet or a body and the date in figures, nothing else.
NAME_AND_DATE = re.compile(
    r"^[\u4e00-\u9fff“”·]{2,20}\s{0,3}[|｜·]?\s?(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s?\d{1,2}:\d{2}(?::\d{2})?)?$"
)
# The same with the date in words, which may also sign a document.
NAME_AND_DAY = re.compile(
    r"^[（(]?[\u4e00-\u9fff“”·]{0,20}\s{0,3}(?:\d{4}|[二〇○0零一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,2}月"
    r"[\d一二三四五六七八九十]{1,3}日[)）]?$"
)
# The head of an official letter, above its title, and its number.
LETTERHEAD = re.compile(r"文\s?件$|[〔\[（(][12]\d{3}[〕\])）]\s?第?\d{1,5}号")
# How a document ends before it is dated.
ENTERS_INTO_FORCE = re.compile(r"(?:施行|执行|特此(?:通知|公告|通报|报告|公示)|有效期.{1,8})。$")
SIGNING_DATE = re.compile(
    r"^(?:\d{4}|[二〇○0零一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日$"
)
SIGNATORY = re.compile(
    r"(?:会|府|室|委|部|局|厅|组|办|院|司|校|团|处|中心|集团|协会|公司|文化宫|俱乐部|(?:文化|图书|档案|博物|纪念|科技|美术)馆|服务站|研究所|代章)(?:[（(][^（）()]{1,12}[)）]|[)）])?$"
)
# What a site says an article says, in a box of its own; newspapers set 【核心提示】 above their reports.
SUMMARY = re.compile(
    r"^[\[【(（［]?(?:AI)?(?:(?:内容|本文|文章|新闻|智能)?(?:摘\s?要|概要|提要)|内容导读)(?:[\]】)）］]|\s?[|｜:：]|\s(?=\S{6}))|^(?:本文|阅读)?导\s?读\s?[|｜:：]"
)
# A headline behind its label.
LABELLED_TITLE = re.compile(
    r"^(?:(?:信件|来信|留言|诉求|咨询|提问|帖子|文章|新闻)?标题|(?:信件|来信|帖子)?主题)[:：]\s?(?=\S{6})"
)
# What an article was called where it was taken from.
ORIGINAL_TITLE = re.compile(r"^[（(【]?(?:本文|文章)?原(?:标题|题)(?:[:：]|为)")
# The way to a page, by the names of its sections.
TRAIL = re.compile(
    r"^[^，。；！？]{1,24}(?:\s?(?:>{1,2}|»|›|→)\s?[^，。；！？>»›→]{1,24}){1,6}(?:>{1,2}|»|›|→)?$|"
    # Where sections lead to a title, the title may have any punctuation.
    r"^(?:[^，。；！？>»›→]{2,12}\s?(?:>|»|›)\s?){3,6}[^>»›→]{1,60}$"
)
# The same with any mark between them, told by its first or its last part.
TRAIL_TO_TEXT = re.compile(
    r"^(?=[^，。；！？]{4,90}$)(?:(?:网站)?首\s?页\s?[-–—_/|>»›→·]|.*[-–—_/|>»›→·]\s?"
    r"(?:正文(?:内容)?|文章(?:内容|正文|详情)?|新闻(?:详情|内容|正文)|详细(?:内容|信息)|信息详情|内容详情|详情)$)"
)
POSITION = re.compile(r"(?:当前|所在|您?的?)位置|您?现在?位于")
SEPARATED = re.compile(r"\s[|｜丨/·>»›→]\s|[|｜丨»›→]|\s{2}|>{1,2}")


def han(text: str) -> int:
    """Return the number of Chinese characters of `text`."""
    return sum(map(len, _HAN_RUN.findall(text)))


@functools.lru_cache(maxsize=64)
def furniture(line: str) -> int:
    """Return how many words of navigation, services and small print stand in a line; asked more than once for each."""
    return len(FURNITURE.findall(line))
