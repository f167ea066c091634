from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from accounts.care.notes.rules import lexicon, lint

D = lexicon


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("她的邮箱是 li.na@example.com", D.THIRD_PARTY),
        ("他有抑郁症", D.DISORDER),
        ("她像是憂鬱症", D.DISORDER),
        ("中度抑郁", D.DEGREE),
        ("可能是双相", D.DISORDER),
        ("焦虑症", D.DISORDER),
        ("焦慮症發作", D.DISORDER),
        ("創傷後壓力症候群", D.DISORDER),
        ("reads like PTSD", D.DISORDER),
        ("signs of depression", D.DISORDER),
        ("an anxiety disorder", D.DISORDER),
        ("确诊了", D.DIAGNOSIS),
        ("我的診斷是", D.DIAGNOSIS),
        ("主诉睡不好", D.DIAGNOSIS),
        ("Diagnosed last year", D.DIAGNOSIS),
        ("结果呈阳性", D.DEGREE),
        ("在吃舍曲林", D.MEDICINE),
        ("takes Sertraline", D.MEDICINE),
        ("建议停药", D.DOSE),
        ("问了剂量", D.DOSE),
        ("on medication, 20 mg", D.DOSE),
        ("预后不错", D.PROGNOSIS),
        ("一定会好起来", D.PROGNOSIS),
        ("已康复", D.PROGNOSIS),
        ("fully cured", D.PROGNOSIS),
        ("患者今天", D.PATIENT),
        ("病患說", D.PATIENT),
        ("the patient said", D.PATIENT),
        ("继续治疗", D.TREATMENT),
        ("第三個療程", D.TREATMENT),
        ("in therapy", D.TREATMENT),
        ("做了催眠", D.METHOD),
        ("试了EMDR", D.METHOD),
        ("ＥＭＤＲ", D.METHOD),
        ("打给他同事13912345678", D.THIRD_PARTY),
        ("身份证号11010519491231002X", D.THIRD_PARTY),
    ],
)
def test_a_word_is_found_by_what_it_is(text: str, code: str) -> None:
    assert code in {hint.code for hint in lint.standing(text)}


@pytest.mark.parametrize("a", ["「」", "“”", "『』"])
def test_the_persons_own_words_stay_and_are_marked(a: str) -> None:
    text = f"他说{a[0]}我是不是得了抑郁症{a[1]},然后沉默。"
    assert lint.standing(text) == []
    assert [(h.shown, h.is_quoted) for h in lint.hints(text)] == [("抑郁症", True)]


@pytest.mark.parametrize(
    "text",
    [
        "他说「我是不是得了抑郁症",
        "」抑郁症「",
        "「好」抑郁症「坏」",
        "「" + "说" * 130 + "抑郁症」",
        "「第一行\n抑郁症」",
        '他说"抑郁症"',
    ],
)
def test_what_is_no_quotation_is_none(text: str) -> None:
    assert len(lint.standing(text)) == 1


def test_numbers_of_others_do_not_stand_in_quotation_marks_either() -> None:
    found = lint.standing("他说「打我同事电话13912345678」")
    assert [hint.code for hint in found] == [D.THIRD_PARTY]
    assert "13912345678" not in found[0].shown


def test_places_are_those_of_the_text() -> None:
    text = "今天说到「治疗」,我说不是治疗。"
    assert [text[h.start : h.end] for h in lint.hints(text)] == ["治疗", "治疗"]
    assert [h.is_quoted for h in lint.hints(text)] == [True, False]


@given(st.text(max_size=200))
def test_never_crashes_and_says_the_same_twice(text: str) -> None:
    first = lint.hints(text)
    assert first == lint.hints(text)
    assert all(0 <= h.start < h.end <= len(text) for h in first)


PIECES = st.sampled_from(
    [
        "治疗",
        "「",
        "」",
        "“",
        "”",
        "\n",
        "他说",
        "抑郁症",
        "İ",
        "ß",
        "Ω",
        "patient ",
        "药",
    ]
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_found_words_are_words_of_the_text(text: str) -> None:
    for hint in lint.hints(text):
        if hint.code != D.THIRD_PARTY:
            assert text[hint.start : hint.end] == hint.shown


@given(
    st.sampled_from(["抑郁症", "确诊", "患者", "疗程", "EMDR"]), st.text(max_size=40)
)
def test_a_forbidden_word_alone_on_its_line_is_always_found(
    word: str, before: str
) -> None:
    assert any(h.end - h.start >= 2 for h in lint.standing(f"{before}\n{word}\n"))


ORDINARY = """
他说昨晚只睡了三个小时,早上起不来。
她讲到被裁那天在地铁上哭了,我们停了一会儿。
最近听见铃声就心慌,手会出汗。
他觉得很焦虑,怕下个月房租交不上。
这两周失眠,半夜会醒两三次。
他想去医院看看睡眠,我陪他查了挂号的办法。
家里有病人要照顾,他晚上不能上夜班。
说家里的安眠药已经请妻子收好。
他每天按医生说的吃药,不想谈这个。
我们练了三句话,怎么说以前做催收的事。
他自己也欠两万多,列了一张清单。
说到客户骂人的那通电话时声音发抖。
国务院的根治欠薪线索平台,我们一起填到第二步。
工资没发,他想申请劳动仲裁。
民主诉求写进了工会的信里。
他可以自主诉讼,也可以先调解。
这里此处方便停车,他下次想当面谈。
主管反复发脾气,他不敢请假。
他把简历重新打印,回复发票的事放到周五。
经理干预后,班表改回了白天。
她说压抑郁闷的时候会去江边走。
他参加药店的面试,周三有结果。
孩子的催眠曲是她自己录的。
以前的团队散了,群里没人说话。
他想试试修电脑,以前给邻居修过。
这次面试没提催收两个字,也没有撒谎。
担心被追问为什么离开上一家。
我说话太快了,下次多等几秒。
他笑了两次,说周末去钓鱼。
约好下周二上午再谈,用文字。
她说不想再打电话了,闹心。
他说连续挂蛋的时候觉得都是自己的错。
我们把结果分成三份:努力、名单、运气。
他母亲不知道他被裁,他每天照常出门。
怎么跟家里开口,我们写了三句。
他说喝酒比以前多,想先从周一不喝开始。
刷手机到两点,想把手机放在客厅。
他害怕接陌生电话,我们从听铃声开始练。
店里试工三天,站着有点累,但心里踏实。
他把面试当成一次聊天,心跳慢下来了。
和老同事吃了饭,没有谈欠款的事。
他问失业金怎么领,我们查了街道窗口的时间。
医保断了一个月,他想先补上。
她觉得被邻居看不起,不想出门。
他说“我只会打电话”,我们把这句话拆开看。
欠款的人骂他,他回家不跟妻子说。
他对以前催过的一位老人很内疚。
我们没有写名字,也没有写金额。
他说现在有个地方可以说话,轻松一些。
周五他会发一条消息,说面试怎么样。
他迟到十分钟,说地铁停了。
没来,也没有取消,按规矩发了一条消息。
第一次见面,主要听他讲。
他不愿意开摄像头,我们用语音。
她的声音比上次亮,语速慢。
他把八点起床做到了五天。
想找双休、只接不打的工作。
他说底薪低一点也行,不要再背指标。
我们看了三个职位,他收藏了两个。
他觉得体力透支,想先休息一周。
心力交瘁这个词是他自己用的。
他担心征信,我给了银行的电话类型,没有给号码。
社保的转移他已经办完。
他说睡前会想到客户哭的声音。
我问他现在安全吗,他说安全。
他说没有想伤害自己,只是累。
我们把家里尖的东西放哪儿也说了。
他愿意在难的时候打12356。
我把值班时间告诉了他。
下次先问他想从哪里说起。
她想学收银,问有没有培训。
他表弟介绍了一份仓库的活,他在考虑。
讲到父亲时停了很久。
他不想让以前的公司知道他在找工作。
他的情绪比上周平稳,话多了。
他说骂声还在脑子里响。
我们约好把担心写在晚上七点。
写了一张每周的小行动表。
他怕别人叫他催收员,我们换了说法。
她把电话调成静音,觉得好多了。
他在等一个答复,心里七上八下。
上夜班让他的胃不舒服,他要去看医生。
He slept three hours and skipped breakfast.
She was anxious before the interview and calmer after two rehearsals.
He felt depressed after the layoff and cried on the train.
We talked about unfair treatment by the old manager.
She is a patient listener and wants a job with people.
He was patient with the customer who shouted.
The phone rang twice and he did not pick up.
He will write on Friday how the interview went.
We practised three sentences about his last job.
He is out of money until the tenth.
She asked how to claim her unpaid wages.
He drinks more than before and wants to stop on Mondays.
他説昨晚又夢到辦公室的鈴聲。
她想把以前的工作說得更清楚。
我們把下週的面試練了兩次。
他覺得主管的話很傷人。
她說這幾天吃得下東西了。
他把手機放在客廳,睡得比較好。
約好週四晚上再談。
他問薪水怎麼談,我們列了三點。
""".strip().splitlines()


def test_there_are_a_hundred_ordinary_sentences() -> None:
    assert len(set(ORDINARY)) >= 100


@pytest.mark.parametrize("sentence", ORDINARY)
def test_ordinary_sentences_are_left_alone(sentence: str) -> None:
    assert lint.hints(sentence) == []
