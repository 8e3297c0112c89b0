//! What people wrote, by language.

/// Kind of activity and its texts.
type Entries = &'static [(&'static str, &'static str)];

const CHINESE_ENTRIES: Entries = &[
    ("call", "电话沟通了交货时间，客户希望提前一周。"),
    ("call", "回访设备运行情况，客户表示满意。"),
    ("call", "客户询问备件价格，已答应今天发清单。"),
    ("mail", "已发送报价单第二版，含三年维保。"),
    ("mail", "收到客户签回的保密协议。"),
    ("mail", "发送了产品手册和两个同行业案例。"),
    ("visit", "拜访工厂，参观了新的装配线，厂长介绍了扩产计划。"),
    ("visit", "现场勘测完成，层高和电源均满足要求。"),
    ("meeting", "与采购和技术部门开会，确认了验收标准。"),
    ("meeting", "季度业务回顾，下半年预算预计增加一成。"),
    ("note", "决策人更换，新任采购总监下月到岗。"),
    ("note", "客户偏好微信联系，尽量避开午休时间。"),
];

const GERMAN_ENTRIES: Entries = &[
    (
        "call",
        "Liefertermin besprochen, der Kunde möchte eine Woche früher.",
    ),
    ("call", "Nachgefragt, wie die Anlage läuft: alles in Ordnung."),
    ("call", "Frage zu Ersatzteilpreisen, Liste heute zugesagt."),
    (
        "mail",
        "Zweite Fassung des Angebots mit drei Jahren Wartung geschickt.",
    ),
    ("mail", "Unterschriebene Vertraulichkeitserklärung erhalten."),
    ("mail", "Handbuch und zwei Beispiele aus der Branche geschickt."),
    (
        "visit",
        "Werk besucht, neue Montagelinie gesehen, Ausbau ist geplant.",
    ),
    ("visit", "Aufmaß genommen: Raumhöhe und Anschluss reichen aus."),
    (
        "meeting",
        "Mit Einkauf und Technik die Abnahmekriterien festgelegt.",
    ),
    (
        "meeting",
        "Quartalsgespräch, Budget steigt voraussichtlich um ein Zehntel.",
    ),
    ("note", "Neue Einkaufsleitung ab nächstem Monat."),
    ("note", "Am besten vormittags anrufen, freitags ist niemand da."),
];

const ENGLISH_ENTRIES: Entries = &[
    (
        "call",
        "Talked about delivery; they would like it a week earlier.",
    ),
    ("call", "Checked in on the installation, everything runs well."),
    (
        "call",
        "Asked for spare part prices, promised the list for today.",
    ),
    (
        "mail",
        "Sent the second version of the quote with three years of service.",
    ),
    ("mail", "Received the signed non-disclosure agreement."),
    (
        "mail",
        "Sent the handbook and two references from their industry.",
    ),
    (
        "visit",
        "Toured the plant, saw the new assembly line, they plan to grow.",
    ),
    (
        "visit",
        "Site survey done: ceiling height and power supply are fine.",
    ),
    (
        "meeting",
        "Agreed on the acceptance criteria with purchasing and engineering.",
    ),
    ("meeting", "Quarterly review, the budget should rise by a tenth."),
    ("note", "A new head of procurement starts next month."),
    ("note", "Prefers calls in the morning, nobody is in on Fridays."),
];

/// Activities of a language.
pub(super) fn entries(language: &str) -> Entries {
    match language {
        "zh-CN" => CHINESE_ENTRIES,
        "de" => GERMAN_ENTRIES,
        _ => ENGLISH_ENTRIES,
    }
}

/// What deals are about, what to do next, why one was lost.
pub(super) struct DealTexts {
    pub(super) new_business: &'static [&'static str],
    pub(super) renewals: &'static [&'static str],
    pub(super) next_steps: &'static [&'static str],
    pub(super) lost: &'static [&'static str],
    pub(super) goods: &'static [&'static str],
}

const CHINESE_DEALS: DealTexts = DealTexts {
    new_business: &[
        "智能仓储系统",
        "二期产线改造",
        "检测设备采购",
        "全国售后服务",
        "数据平台试点",
        "包装线升级",
        "新厂区照明",
    ],
    renewals: &["年度维保续约", "软件许可续期", "框架协议续签", "校准服务续约"],
    next_steps: &[
        "发送修订报价",
        "预约技术交流",
        "确认合同条款",
        "安排现场演示",
        "跟进付款条件",
    ],
    lost: &["预算取消", "选择了其他供应商", "项目延期"],
    goods: &[
        "传感器组件",
        "控制柜",
        "安装调试服务",
        "备件包",
        "输送带模块",
        "年度维护",
    ],
};

const GERMAN_DEALS: DealTexts = DealTexts {
    new_business: &[
        "Lagerautomatisierung",
        "Umbau der zweiten Linie",
        "Prüfstände",
        "Servicevertrag bundesweit",
        "Pilot Datenplattform",
        "Neue Verpackungslinie",
        "Beleuchtung Werk Süd",
    ],
    renewals: &[
        "Wartungsvertrag",
        "Softwarelizenzen",
        "Rahmenvertrag",
        "Kalibrierung",
    ],
    next_steps: &[
        "Überarbeitetes Angebot schicken",
        "Technikgespräch vereinbaren",
        "Vertragsentwurf prüfen",
        "Vorführung planen",
        "Zahlungsziel klären",
    ],
    lost: &["Budget gestrichen", "Mitbewerber gewählt", "Projekt verschoben"],
    goods: &[
        "Sensorbaugruppe",
        "Schaltschrank",
        "Montage und Inbetriebnahme",
        "Ersatzteilpaket",
        "Fördermodul",
        "Jahreswartung",
    ],
};

const ENGLISH_DEALS: DealTexts = DealTexts {
    new_business: &[
        "Warehouse automation",
        "Second line upgrade",
        "Test benches",
        "Nationwide service",
        "Data platform pilot",
        "New packaging line",
        "South site lighting",
    ],
    renewals: &[
        "Annual service contract",
        "Software licences",
        "Framework agreement",
        "Calibration plan",
    ],
    next_steps: &[
        "Send the revised quote",
        "Arrange a technical call",
        "Review the draft contract",
        "Plan the demonstration",
        "Settle payment terms",
    ],
    lost: &["Budget withdrawn", "Chose a competitor", "Project postponed"],
    goods: &[
        "Sensor assembly",
        "Control cabinet",
        "Installation and start-up",
        "Spare parts kit",
        "Conveyor module",
        "Yearly maintenance",
    ],
};

/// Deal texts of a language.
pub(super) fn deals(language: &str) -> &'static DealTexts {
    match language {
        "zh-CN" => &CHINESE_DEALS,
        "de" => &GERMAN_DEALS,
        _ => &ENGLISH_DEALS,
    }
}
