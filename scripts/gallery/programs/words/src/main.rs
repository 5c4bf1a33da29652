//! Counts how often each word of a text follows another.

use std::collections::HashMap;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Word {
    text: String,
    is_capital: bool,
}

impl Word {
    fn read(text: &str) -> Word {
        Word {
            text: text.to_lowercase(),
            is_capital: text.starts_with(char::is_uppercase),
        }
    }
}

#[derive(Default)]
struct Pairs {
    counts: HashMap<Word, HashMap<Word, usize>>,
}

impl Pairs {
    fn add(&mut self, first: &Word, second: &Word) {
        let known = self.counts.get_mut(first).and_then(|followers| followers.get_mut(second));
        match known {
            Some(count) => *count += 1,
            None => self.count(first, second),
        }
    }

    fn count(&mut self, first: &Word, second: &Word) {
        *self.counts.entry(first.clone()).or_default().entry(second.clone()).or_default() += 1;
    }

    fn most_common(&self) -> Option<usize> {
        self.counts.values().flat_map(HashMap::values).copied().max()
    }
}

fn sentence(number: usize) -> String {
    let animals = ["Dog", "cat", "Hedgehog", "owl", "badger", "Salamander", "stork"];
    let verbs = ["sees", "follows", "surprises", "teaches"];
    format!(
        "The {} {} one {} in the garden behind the house",
        animals[number % animals.len()],
        verbs[number % verbs.len()],
        animals[(number * 5 + 3) % animals.len()]
    )
}

fn main() {
    let mut pairs = Pairs::default();
    for number in 0..600 {
        let text = sentence(number);
        let words: Vec<Word> = text.split(' ').map(Word::read).collect();
        for (first, second) in words.iter().zip(words.iter().skip(1)) {
            pairs.add(first, second);
        }
    }
    println!("{:?}", pairs.most_common());
}
