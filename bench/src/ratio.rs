//! What may be claimed: per round the ratio of ours to a peer's, and of those the smallest.

use std::collections::BTreeMap;

use crate::measure::Said;

/// Figures that are compared, and which way is better.
const COMPARED: [(&str, &str, Better); 9] = [
    ("direct", "saturated_messages_per_s", Better::More),
    ("direct", "paced_delivery_p50", Better::Less),
    ("direct", "paced_delivery_p99", Better::Less),
    ("group", "one_last_member_p50", Better::Less),
    ("group", "saturated_deliveries_per_s", Better::More),
    ("idle", "memory_per_socket_idle", Better::Less),
    ("history", "page_p50", Better::Less),
    ("start", "warm_start_to_sign_in_p50", Better::Less),
    ("start", "idle_memory", Better::Less),
];

#[derive(Clone, Copy)]
enum Better {
    More,
    Less,
}

/// Prints the table of this run; nothing when there was nobody to compare with.
pub fn print(said: &[Said]) {
    for (workload, metric, better) in COMPARED {
        let mut readings: BTreeMap<&str, BTreeMap<usize, f64>> = BTreeMap::new();
        for one in said.iter().filter(|one| one.workload == workload && one.metric == metric) {
            readings.entry(one.target).or_default().insert(one.round, one.value);
        }
        let Some(ours) = readings.remove("tulou") else { continue };
        for (peer, theirs) in &readings {
            let ratios = ratios(&ours, theirs, better);
            let Some(smallest) = ratios.iter().copied().reduce(f64::min) else { continue };
            let all: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
            println!("{workload:<8} {metric:<28} against {peer:<9} {smallest:>8.2} ×   (rounds: {})", all.join(" · "));
        }
    }
}

/// How many times better ours was, round by round.
fn ratios(ours: &BTreeMap<usize, f64>, theirs: &BTreeMap<usize, f64>, better: Better) -> Vec<f64> {
    let both = ours.iter().filter_map(|(round, our)| Some((*our, *theirs.get(round)?)));
    let ratio = |(our, their): (f64, f64)| match better {
        Better::More => our / their,
        Better::Less => their / our,
    };
    both.map(ratio).filter(|ratio| ratio.is_finite()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Better, ratios};
    use std::collections::BTreeMap;

    #[test]
    fn only_rounds_that_both_have_are_compared() {
        let (ours, theirs) = (BTreeMap::from([(1, 20.0), (2, 30.0)]), BTreeMap::from([(1, 2.0), (2, 2.0), (3, 1.0)]));
        assert_eq!(ratios(&ours, &theirs, Better::More), [10.0, 15.0]);
        assert_eq!(ratios(&theirs, &ours, Better::Less), [10.0, 15.0]);
    }
}
