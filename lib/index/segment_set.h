#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "index/batch_inverter.h"
#include "index/drafted_documents.h"
#include "index/manifest.h"
#include "limier/analyzer.h"
#include "limier/document.h"
#include "live/live_writer.h"
#include "sealed/segment.h"
#include "sealed/segment_builder.h"

namespace limier {

/// The sealed segments of an index, as its writer changes them. Nothing of it counts before the head has been told
/// (`save`) and has committed. Throws Error as IndexWriter does. Thread rule: one thread at a time.
class SegmentSet {
 public:
  /// As of the head's last commit, but for the segments `without`, whose place what is added is to take. Files that
  /// this commit does not name, left by a writer that was stopped, are removed. `memory` bounds in bytes, roughly, what
  /// a segment takes while it is made, on so many threads.
  SegmentSet(std::string directory, const live::LiveWriter& head, const AnalyzerOptions& analyzer, std::uint64_t memory,
             unsigned threads, const std::vector<SegmentEntry>& without = {});
  ~SegmentSet();
  SegmentSet(const SegmentSet&) = delete;
  SegmentSet& operator=(const SegmentSet&) = delete;

  /// Adds a document that is in no segment. `indexed` is what `describe` made of it.
  void add(const Document& document, IndexedDocument indexed);

  std::optional<live::LiveWriter::Stamp> stamp(std::string_view id) const;
  bool remove(std::string_view id);

  /// Ids of the documents that a source file gave.
  std::vector<std::string> ids_of_file(const std::string& file) const;

  /// Joins segments of about the same size where there are many, and those that are mostly deleted; or all, with their
  /// documents in another order (sealed::reorder) if so wanted. Whether there was anything to do.
  bool merge_some();
  bool merge_all(bool reorder);

  /// Writes what is still being made, and tells the head.
  void save(live::LiveWriter& head);

  /// Removes files that the head's last commit has put out of use. Readers that have them open go on undisturbed.
  void committed();

 private:
  struct Part {
    std::string file;
    std::unique_ptr<sealed::Segment> segment;
    std::vector<bool> deleted;  // by document, from 1
    std::uint32_t deleted_count = 0;
    bool changed = false;  // since the head was told

    std::uint32_t living() const { return segment->documents() - deleted_count; }
  };

  /// A segment that is being made.
  struct Draft {
    std::string file;
    std::unique_ptr<sealed::SegmentBuilder> builder;
    std::unique_ptr<BatchInverter> inverter;  // which feeds the builder
    std::uint64_t kept_bytes = 0;             // of memory, what is kept of all its documents
    DraftedDocuments documents;
  };

  std::string path(const std::string& file) const { return directory_ + '/' + file; }
  std::string draft_path(const std::string& file) const { return path(file) + ".tmp"; }
  void remove_leftovers() const;
  void spill();
  void finish_draft();
  Part open_part(const std::string& file, const std::vector<DocumentNumber>& deleted) const;
  void publish(const std::string& file);
  void drop(std::size_t part);
  void merge(std::vector<std::size_t> parts, bool reorder);
  std::optional<std::pair<std::size_t, DocumentNumber>> find(std::string_view id) const;
  std::string new_file() { return segment_file(next_number_++); }

  std::string directory_;
  AnalyzerOptions options_;
  std::vector<Analyzer> analyzers_;  // that no draft uses
  std::uint64_t memory_;
  unsigned threads_;
  std::uint64_t next_number_ = 1;
  std::vector<Part> parts_;
  std::optional<Draft> draft_;
  std::vector<std::string> obsolete_;  // files, once the head has committed
  std::string saved_manifest_;
};

}  // namespace limier
