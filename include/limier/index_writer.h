#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "limier/analyzer.h"
#include "limier/document.h"
#include "limier/document_reader.h"
#include "limier/export.h"

namespace limier {

struct WriterOptions {
  AnalyzerOptions analyzer;                   ///< Of a new index; an index that exists keeps its own.
  std::chrono::milliseconds lock_timeout{0};  ///< How long to wait while another writer holds the index.
  std::uint64_t seal_from = 1 << 20;          ///< Commits of so many bytes of text, or more, become a sealed segment,
                                              ///< smaller ones go into the live shard, which becomes one
                                              ///< likewise once it holds about three times as much.
  std::uint64_t memory = 256 << 20;           ///< About how many bytes of it what is not committed may take.
  unsigned threads = 1;                       ///< How many read the texts and sort the words, from 1. The files of the
                                              ///< index are the same for any number.
};

struct OptimizeOptions {
  bool reorder = false;  ///< Whether documents that share words are put near each other: unless they came by their
                         ///< topics, less space and faster searches, whose answers are the same. Takes several times
                         ///< as long, and up to WriterOptions::memory.
};

/// What adding a document did.
struct AddResult {
  enum class Outcome {
    Added,      ///< Its id was new.
    Replaced,   ///< It took the place of another of the same id.
    Unchanged,  ///< The very same document was there; nothing was written.
  };
  Outcome outcome = Outcome::Added;
  /// Where another source, or this one earlier in the same reading, had given a document of this id: that source's
  /// path.
  std::string displaced_source;
};

/// Changes an index. Nothing is seen by searchers, or survives the process, before `commit`; a commit happens whole or
/// not at all, whenever the process or the machine stops. Destroying a writer discards what was not committed.
///
/// Every member throws Error{Io} where the disk refuses, after which only destruction is allowed; the index stands as
/// of the last commit. Thread rule: one thread at a time; one writer an index, over all processes.
class LIMIER_EXPORT IndexWriter {
 public:
  /// Opens the index in directory `path`, or makes one where there is none or an empty directory. Throws Locked, naming
  /// the process that writes; Incompatible for an index of another version or a directory of something else; Corrupt;
  /// Io.
  explicit IndexWriter(const std::string& path, const WriterOptions& options = {});
  ~IndexWriter();
  IndexWriter(IndexWriter&&) noexcept;
  IndexWriter& operator=(IndexWriter&&) noexcept;

  /// Adds a document, or replaces the one of the same id. Throws InvalidArgument for an id or a date that is not of
  /// Document's form.
  AddResult add(const Document& document);

  /// Removes a document; false where there is none of this id.
  bool remove(std::string_view id);

  void commit();

  /// Commits, and makes one sealed segment of all documents: the least space, the fastest search. Takes time in
  /// proportion to the index. The files are the same for any number of threads.
  void optimize(const OptimizeOptions& options = {});

  /// How many bytes of text were added since the last commit: a measure for when to commit.
  std::uint64_t uncommitted_bytes() const;

  /// @name Sources
  /// Which documents came from which file, so that a file is read again only when it has changed.
  /// @{

  /// Whether the index holds the documents of this file as it stands (same path, size and modification time).
  bool is_current(const SourceFile& source) const;

  /// Documents added from here to `end_source` belong to `source`.
  void begin_source(const SourceFile& source);

  /// Ends the reading: documents that `source` had given earlier and not this time are removed, and it counts as
  /// current. Returns how many were removed. With `complete` false (it could not all be read) none is removed and it is
  /// not current.
  std::uint64_t end_source(bool complete);

  /// The paths of all sources, in byte order.
  std::vector<std::string> sources() const;

  /// Forgets a source and removes its documents; returns how many. Those that another source has since replaced stay.
  std::uint64_t remove_source(const std::string& path);
  /// @}

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace limier
