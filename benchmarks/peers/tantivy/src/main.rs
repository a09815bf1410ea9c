//! The same work as ../../../search.cc: the French stemmer and stop words, BM25, title and text in one field with
//! positions, the whole document stored.
//!
//! tantivy-benchmark index INDEX TEXTS THREADS MIB; tantivy-benchmark search INDEX TOPICS PASSES. What it reads and
//! prints is told in search.cc.
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::ops::Bound;
use std::time::Instant;

use tantivy::aggregation::agg_req::Aggregations;
use tantivy::aggregation::{AggContextParams, AggregationCollector};
use tantivy::collector::{Count, TopDocs};
use tantivy::indexer::NoMergePolicy;
use tantivy::query::{
    BooleanQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery, RegexQuery, TermQuery,
};
use tantivy::schema::{
    Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions, FAST, INDEXED, STORED, STRING,
};
use tantivy::tokenizer::{
    Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer, StopWordFilter, TextAnalyzer,
};
use tantivy::{doc, Index, IndexWriter, Score, Searcher, Term};

const TOP: usize = 10;
const KINDS: [&str; 6] = ["any", "count", "all", "phrase", "prefix", "filter"];
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn french() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(40))
        .filter(LowerCaser)
        .filter(StopWordFilter::new(Language::French).expect("tantivy has French stop words"))
        .filter(Stemmer::new(Language::French))
        .build()
}

fn schema() -> Schema {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("french")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let mut schema = Schema::builder();
    schema.add_text_field("id", STRING | STORED | FAST);
    schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing).set_stored());
    schema.add_u64_field("day", INDEXED | STORED | FAST);
    schema.add_text_field("section", STRING | STORED | FAST);
    schema.build()
}

fn field_of(reader: &mut impl BufRead) -> Outcome<Option<String>> {
    let mut bytes = Vec::new();
    reader.read_until(0, &mut bytes)?;
    Ok(if bytes.pop().is_none() { None } else { Some(String::from_utf8(bytes)?) })
}

fn megabytes(name: &str) -> Outcome<f64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find(|line| line.starts_with(name)).ok_or("no such line")?;
    Ok(line.split_whitespace().nth(1).ok_or("no number")?.parse::<f64>()? * 1024.0 / 1e6)
}

/// User and system time, in seconds.
fn processor_seconds() -> Outcome<f64> {
    let stat = fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = stat.rsplit(')').next().ok_or("no stat")?.split_whitespace().collect();
    Ok((fields[11].parse::<f64>()? + fields[12].parse::<f64>()?) / 100.0)
}

fn index(path: &str, texts: &str, threads: usize, mebibytes: usize) -> Outcome<()> {
    let start = Instant::now();
    fs::create_dir_all(path)?;
    let index = Index::create_in_dir(path, schema())?;
    index.tokenizers().register("french", french());
    let schema = index.schema();
    let field = |name: &str| schema.get_field(name);
    let (id, text, day, section) = (field("id")?, field("text")?, field("day")?, field("section")?);
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, mebibytes << 20)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    let mut reader = BufReader::with_capacity(1 << 20, File::open(texts)?);
    let (mut documents, mut bytes) = (0u64, 0u64);
    while let Some(name) = field_of(&mut reader)? {
        let mut next = || field_of(&mut reader).map(Option::unwrap_or_default);
        let (title, body, date, group) = (next()?, next()?, next()?, next()?);
        bytes += (title.len() + body.len()) as u64;
        documents += 1;
        writer.add_document(
            doc!(id => name, text => title, text => body, day => date.parse::<u64>()?, section => group),
        )?;
    }
    writer.commit()?;
    let (committed, peak) = (start.elapsed().as_secs_f64(), megabytes("VmHWM:")?);
    let segments = index.searchable_segment_ids()?;
    if segments.len() > 1 {
        writer.merge(&segments).wait()?;
    }
    writer.wait_merging_threads()?;
    let (seconds, processor) = (start.elapsed().as_secs_f64(), processor_seconds()?);
    let (mut terms, mut stored, mut rest) = (0, 0, 0);
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let current = index.searchable_segment_ids()?.iter().any(|each| name.starts_with(&each.uuid_string()));
        let size = entry.metadata()?.len();
        match name.rsplit('.').next() {
            _ if !current => {}
            Some("idx" | "pos" | "term") => terms += size,
            Some("store") => stored += size,
            _ => rest += size,
        }
    }
    println!("{documents},{bytes},{committed:.3},{seconds:.3},{processor:.3},{terms},{stored},{rest},{peak:.1}");
    Ok(())
}

struct Engine {
    searcher: Searcher,
    analyzer: TextAnalyzer,
    text: Field,
    day: Field,
    facets: Aggregations,
}

impl Engine {
    fn tokens(&mut self, text: &str) -> Vec<(usize, Term)> {
        let mut tokens = Vec::new();
        let mut stream = self.analyzer.token_stream(text);
        while let Some(token) = stream.next() {
            tokens.push((token.position, Term::from_field_text(self.text, &token.text)));
        }
        tokens
    }

    fn words(&mut self, text: &str, occur: Occur) -> Box<dyn Query> {
        let words = self.tokens(text).into_iter().map(|(_, term)| {
            let word: Box<dyn Query> = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
            (occur, word)
        });
        Box::new(BooleanQuery::new(words.collect()))
    }

    fn phrase(&mut self, text: &str) -> Box<dyn Query> {
        let mut tokens = self.tokens(text);
        match tokens.len() {
            0 => Box::new(EmptyQuery),
            1 => Box::new(TermQuery::new(tokens.remove(0).1, IndexRecordOption::WithFreqs)),
            _ => Box::new(PhraseQuery::new_with_offset(tokens)),
        }
    }

    /// The ten best, and how many match where that is asked for; else 0.
    fn ask(&mut self, kind: &str, topic: &[String]) -> Outcome<(Vec<(Score, tantivy::DocAddress)>, usize)> {
        let top = || TopDocs::with_limit(TOP).order_by_score();
        let query = match kind {
            "any" | "count" | "filter" => self.words(&topic[0], Occur::Should),
            "all" => self.words(&topic[1], Occur::Must),
            "phrase" => self.phrase(&topic[2]),
            _ => Box::new(RegexQuery::from_pattern(&format!("{}.*", topic[3]), self.text)?),
        };
        let (hits, count) = match kind {
            "count" => self.searcher.search(&query, &(top(), Count))?,
            "filter" => {
                let bound = |day: &str| Ok::<_, std::num::ParseIntError>(Term::from_field_u64(self.day, day.parse()?));
                let days = RangeQuery::new(Bound::Included(bound(&topic[4])?), Bound::Included(bound(&topic[5])?));
                let filtered = BooleanQuery::new(vec![(Occur::Must, query), (Occur::Must, Box::new(days))]);
                let counter =
                    AggregationCollector::from_aggs(self.facets.clone(), AggContextParams::default());
                let (hits, count, _) = self.searcher.search(&filtered, &(top(), Count, counter))?;
                (hits, count)
            }
            _ => (self.searcher.search(&query, &top())?, 0),
        };
        // Gives the hits' ids, as the others do.
        for (_, address) in &hits {
            let ids = self.searcher.segment_reader(address.segment_ord).fast_fields().str("id")?.ok_or("no ids")?;
            let mut id = String::new();
            let place = ids.term_ords(address.doc_id).next().ok_or("no id")?;
            ids.ord_to_str(place, &mut id)?;
        }
        Ok((hits, count))
    }
}

fn search(path: &str, topics: &str, passes: usize) -> Outcome<()> {
    let index = Index::open_in_dir(path)?;
    index.tokenizers().register("french", french());
    let schema = index.schema();
    let mut engine = Engine {
        searcher: index.reader()?.searcher(),
        analyzer: french(),
        text: schema.get_field("text")?,
        day: schema.get_field("day")?,
        facets: serde_json::from_str(r#"{"section": {"terms": {"field": "section", "size": 10}}}"#)?,
    };
    let topics: Vec<Vec<String>> = fs::read_to_string(topics)?
        .lines()
        .map(|line| line.split('\t').map(str::to_string).collect())
        .collect();
    // A kind at a time: none finds what another has just looked up.
    for kind in KINDS {
        let mut rows = vec![(f64::MAX, 0, 0, 0.0); topics.len()];
        for pass in 0..=passes {
            for (row, topic) in rows.iter_mut().zip(&topics) {
                let start = Instant::now();
                let (hits, count) = engine.ask(kind, topic)?;
                let took = start.elapsed().as_secs_f64() * 1e6;
                let least = if pass > 0 { took.min(row.0) } else { row.0 };
                *row = (least, hits.len(), count, hits.first().map_or(0.0, |hit| hit.0));
            }
        }
        for (number, (least, hits, count, best)) in rows.iter().enumerate() {
            println!("{kind},{number},{hits},{count},{least:.1},{best:.4}");
        }
    }
    println!("memory,{:.1},{:.1}", megabytes("RssAnon:")?, megabytes("RssFile:")?);
    Ok(())
}

fn main() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["index", path, texts, threads, mebibytes] => index(path, texts, threads.parse()?, mebibytes.parse()?),
        ["search", path, topics, passes] => search(path, topics, passes.parse()?),
        _ => Err("usage: see main.rs".into()),
    }
}
