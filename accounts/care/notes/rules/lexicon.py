"""Words that a counselor does not write, by what is to be written instead.

Patterns are read after `fold_characters`: Simplified, half-width, lower case. A counselor
neither diagnoses nor treats nor advises on medicines (Mental Health Law, articles 23, 51),
so a note says what was told and seen. What people say every day is left alone: 焦虑, 失眠,
吃药, 安眠药 (needed when a home is made safe), "anxious", "depressed".
"""

from __future__ import annotations

DISORDER = "disorder"
DIAGNOSIS = "diagnosis"
DEGREE = "degree"
MEDICINE = "medicine"
DOSE = "dose"
PROGNOSIS = "prognosis"
PATIENT = "patient"
TREATMENT = "treatment"
METHOD = "method"
THIRD_PARTY = "third_party"
CODES = (
    DISORDER,
    DIAGNOSIS,
    DEGREE,
    MEDICINE,
    DOSE,
    PROGNOSIS,
    PATIENT,
    TREATMENT,
    METHOD,
    THIRD_PARTY,
)

WORDS: dict[str, tuple[str, ...]] = {
    DISORDER: (
        r"(?<!压)抑郁(?!闷)(?:症|状态|障碍|发作|倾向)?",
        r"忧郁症",
        r"(?:广泛性?)?焦虑(?:症|障碍|发作|状态)",
        r"躁(?:狂|郁)症?|双相(?:情感)?(?:障碍)?|双极(?:性|症)",
        r"精神(?:分裂|病|疾病|失常)|思觉失调|心理疾病|心理障碍",
        r"(?:睡眠|人格|应激|心境|情绪|进食|惊恐|恐慌|适应|躯体形式|躯体化|心境)障碍|恐慌症|惊恐症",
        r"(?:强迫|恐惧|恐怖|社交恐惧|失眠|妄想|神经|多动|自闭|厌食|暴食|恋物|疑病|癔)症",
        r"神经衰弱|创伤后(?:应激|压力)(?:障碍|症候群|综合征)?|边缘型?人格|被害妄想",
        r"\b(?:ptsd|ocd|adhd|bpd|gad|mdd|cptsd)\b",
        r"\bdepressi(?:on|ve)\b|\bclinically depressed\b|\bbipolar\b|\bschizo\w+",
        r"\bpsycho(?:sis|tic)\b|\bneuros[ie]s\b|\bneurotic\b|\bmanic episodes?\b",
        r"\b(?:mood|anxiety|panic|personality|eating|sleep|stress|adjustment|mental"
        r"|bipolar|depressive|conduct|somatic) (?:disorder|illness)s?\b",
    ),
    DIAGNOSIS: (
        r"诊断|确诊|疑似患|患有|初诊|病征|病症|发病|病史|(?<!民)(?<!自)主诉(?![求讼权])",
        r"\bdiagnos\w+|\bsymptomatic\b|\bpresenting complaint\b|\bpatholog\w+",
    ),
    DEGREE: (
        r"(?:轻|中|重)度(?:抑郁|焦虑|失眠|应激)",
        r"(?:呈|显|查|为)阳性|阳性(?:结果|症状)",
        r"(?:心理|精神|人格)异常|(?:心理|精神)不正常|变态人格",
        r"\b(?:mild|moderate|severe) (?:depression|anxiety)\b|\btested positive\b",
    ),
    MEDICINE: (
        r"舍曲林|帕罗西汀|氟西汀|百忧解|(?:艾司)?西酞普兰|文拉法辛|度洛西汀|米氮平|曲唑酮",
        r"阿普唑仑|劳拉西泮|地西泮|氯硝西泮|奥沙西泮|安定(?:片|药|剂)|佐匹克隆|唑吡坦|史蒂诺斯",
        r"奥氮平|喹硫平|利培酮|阿立哌唑|碳酸锂|丙戊酸|抗抑郁药|抗焦虑药|镇静(?:剂|药)|精神科?药物?",
        r"\b(?:sertraline|fluoxetine|paroxetine|(?:es)?citalopram|venlafaxine|duloxetine"
        r"|mirtazapine|alprazolam|diazepam|lorazepam|clonazepam|zolpidem|zopiclone"
        r"|quetiapine|olanzapine|risperidone|lithium carbonate|prozac|xanax|zoloft"
        r"|valium|ssris?|antidepressants?|antipsychotics?|benzodiazepines?|sedatives?)\b",
    ),
    DOSE: (
        r"剂量|(?<!暂)停药(?!店)|断药|(?<![参增添])加药(?!店)|减药|换药(?!店)|服药|用药(?!店)|开药(?!店)|药量",
        r"(?<![此到何远各])处方(?!便)",
        r"\bmedicat(?:ion|ions|ed)\b|\bdosages?\b|\bprescri(?:be|bed|bes|ption|ptions)\b"
        r"|\b\d+ ?mg\b",
    ),
    PROGNOSIS: (
        r"(?<!干)预后|痊愈|治愈|根治(?!欠薪)|病情|病程|(?<![反重恢回答])复发(?![生送表放出现脾火消短布信起邮票])|(?:已|会|能|完全|必定|即将|正在)康复",
        r"缓解期|(?:一定|肯定|保证)(?:会|能)?(?:好起来|好转)",
        r"\bprognos[ie]s\b|\bcured?\b|\bremission\b|\brelaps\w+|\bincurable\b"
        r"|\bwill (?:fully )?recover\b",
    ),
    PATIENT: (
        r"患者|病患|(?:该|此|本|这位|我的|这个)病人|病人(?:表示|自述|主诉|称)|个案对象|案主",
        r"\bpatients\b|\b(?:the|this|that|my|our) patient\b(?! (?:and|listener|man|woman"
        r"|person|way|voice|tone|manner|work|approach|explanation|answer|colleague))",
    ),
    TREATMENT: (
        r"(?<!政)治疗|疗程|疗效|疗法|医治|诊疗|就诊记录|心理干预|接诊|矫治",
        r"\bpsychotherap\w+|\btherap(?:y|ies|eutic)\b",
        r"(?<!unfair )(?<!fair )(?<!bad )(?<!better )(?<!equal )(?<!rude )(?<!poor )"
        r"(?<!harsh )(?<!special )(?<!rough )(?<!same )\btreatments?\b",
    ),
    METHOD: (
        r"催眠(?!曲)|眼动脱敏|暴露疗法|精神分析|认知行为疗?法|沙盘(?:疗法|游戏)|药物治疗|电休克",
        r"\bemdr\b|\bhypno(?:sis|therapy|tised|tized|tic)\b|\bcbt\b|\bexposure therapy\b"
        r"|\bpsychoanaly\w+",
    ),
}
