//! The two pipelines.

use std::collections::{BTreeMap, HashMap};

use uuid::Uuid;

use super::super::entities::{pipeline, stage};
use super::companies::json;
use super::dice::Dice;
use crate::domain::board::GAP;

/// A pipeline with its stages.
pub(super) struct DemoPipeline {
    pub(super) row: pipeline::Model,
    pub(super) stages: Vec<stage::Model>,
}

/// English, German and Chinese.
type Name = [&'static str; 3];

const NEW_BUSINESS: Name = ["New business", "Neugeschäft", "新业务"];
const RENEWALS: Name = ["Renewals", "Verlängerungen", "续约"];

const NEW_BUSINESS_STAGES: [(Name, &str, i32); 6] = [
    (["Qualification", "Qualifizierung", "资格确认"], "open", 10),
    (["Discovery", "Bedarfsanalyse", "需求分析"], "open", 25),
    (["Proposal", "Angebot", "方案报价"], "open", 50),
    (["Negotiation", "Verhandlung", "商务谈判"], "open", 75),
    (["Won", "Gewonnen", "赢单"], "won", 100),
    (["Lost", "Verloren", "输单"], "lost", 0),
];

const RENEWAL_STAGES: [(Name, &str, i32); 5] = [
    (["Upcoming", "Anstehend", "即将到期"], "open", 60),
    (["In review", "In Prüfung", "评估中"], "open", 70),
    (["Offer sent", "Angebot versandt", "已发报价"], "open", 85),
    (["Renewed", "Verlängert", "已续约"], "won", 100),
    (["Cancelled", "Gekündigt", "已取消"], "lost", 0),
];

fn translations([_, german, chinese]: Name) -> String {
    json(&BTreeMap::from([("de", german), ("zh-CN", chinese)]))
}

fn pipeline(dice: &mut Dice, position: i32, name: Name, stages: &[(Name, &str, i32)]) -> DemoPipeline {
    let id = dice.id();
    let row = pipeline::Model {
        id,
        name: name[0].to_owned(),
        translations: translations(name),
        position,
        board_version: 0,
    };
    let stages = stages
        .iter()
        .zip(0..)
        .map(|(&(name, kind, probability), position)| stage::Model {
            id: dice.id(),
            pipeline_id: id,
            name: name[0].to_owned(),
            translations: translations(name),
            kind: kind.to_owned(),
            probability,
            position,
        })
        .collect();
    DemoPipeline { row, stages }
}

/// Both pipelines.
pub(super) fn make(dice: &mut Dice) -> Vec<DemoPipeline> {
    vec![
        pipeline(dice, 0, NEW_BUSINESS, &NEW_BUSINESS_STAGES),
        pipeline(dice, 1, RENEWALS, &RENEWAL_STAGES),
    ]
}

/// Hands out places in stages, one behind the other.
#[derive(Default)]
pub(super) struct Ranks(HashMap<Uuid, i64>);

impl Ranks {
    pub(super) fn next(&mut self, stage: Uuid) -> i64 {
        let rank = self.0.entry(stage).or_insert(0);
        *rank += GAP;
        *rank
    }
}
