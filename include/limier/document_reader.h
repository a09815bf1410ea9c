#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "limier/document.h"
#include "limier/export.h"
#include "limier/message.h"

namespace limier {

/// A file that holds documents, as it stands on the disk.
/// Thread rule: a plain value.
struct SourceFile {
  std::string path;           ///< Absolute, without symbolic links; `-` for standard input.
  std::string name;           ///< Relative to the parent of the path that was asked for: the stem of document ids.
  std::uint64_t size = 0;     ///< In bytes.
  std::int64_t modified = 0;  ///< Nanoseconds since 1970-01-01 UTC.
};

/// Something in a source that could not be read. The rest of the source is read on.
struct ReadProblem {
  std::string path;        ///< As the person gave it, or as it was found under what was given.
  std::uint64_t line = 0;  ///< From 1; 0 where the whole file is meant.
  Message message;
};

using ProblemHandler = std::function<void(const ReadProblem&)>;

/// The sources under `path`, in byte order of their names. A folder is walked with its subfolders and gives the files
/// whose name has the ending of a format (source_formats), maybe with .gz, .bz2 or .zst behind; hidden files are left
/// out. A file is taken whatever its name; `-` is standard input. What cannot be opened goes to `on_problem`.
LIMIER_EXPORT std::vector<SourceFile> find_sources(const std::string& path, const ProblemHandler& on_problem);

/// A kind of file that DocumentReader reads.
/// Thread rule: a plain value.
struct SourceFormat {
  std::string name;                  ///< `WARC`
  std::vector<std::string> endings;  ///< Of file names: `.warc`.
  std::string missing_package;       ///< Of Debian: this library was built without it, and cannot read the format.
};

/// All formats, those that this library was built without among them.
LIMIER_EXPORT std::vector<SourceFormat> source_formats();

/// A piece of a page between two breaks, and what became of it.
/// Thread rule: a plain value.
struct PageBlock {
  enum class Use {
    Text,     ///< In the body.
    Title,    ///< The title, where it stands above the text.
    Dropped,  ///< Menus, teasers, captions; also what was read as metadata, such as bylines.
  };

  std::string text;
  Use use = Use::Dropped;
  std::string seen_as;  ///< `paragraph`, `heading` or `list item`, and what its place and wording say: `byline, date`.
  double score = 0;     ///< How much it speaks for being the article (above 0) or something else (below 0).
};

/// Called for each page with what was taken from it (the body is empty where there is no article) and its blocks, in
/// the order of the page.
using PageHandler = std::function<void(const Document&, const std::vector<PageBlock>&)>;

/// What repeats across the pages of one site, such as a call to subscribe between two paragraphs, is not the article,
/// even where a page alone could not tell. Passed to DocumentReader, this finds it out by reading some pages ahead,
/// when they are first needed and never for sources that nobody reads:
/// * of a folder of pages, 32 of them where there are as many. Pages that name their address belong to the site of its
/// host; others to the folder among those that were asked for, or the one
///   directly in it; years and months do not count, and small folders to the one above.
/// * of a file of many pages, such as a WARC, the first 128.
/// * of standard input and pipes nothing, for they cannot be read twice.
///
///     const std::vector<SourceFile> sources = find_sources("pages", on_problem);
///     SiteMemory sites(sources);
///     for (const SourceFile& source : sources) {
///       DocumentReader reader(source, on_problem, {.sites = &sites});  // and on as without
///     }
///
/// So what is taken from a page depends on the files beside it, but on no order and no earlier run. It holds a few
/// texts of each site, and the names of the pages to read. Thread rule: one thread at a time, together with the readers
/// that use it.
class LIMIER_EXPORT SiteMemory {
 public:
  /// `sources` are all that lie together, also those that will not be read.
  explicit SiteMemory(const std::vector<SourceFile>& sources);
  ~SiteMemory();
  SiteMemory(SiteMemory&&) noexcept;
  SiteMemory& operator=(SiteMemory&&) noexcept;

 private:
  friend class DocumentReader;

  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// How a source is read.
/// Thread rule: a plain value.
struct ReaderOptions {
  /// For reports on extraction; costs its share of time and memory. It is not called for documents that are no pages,
  /// such as those of JSON Lines.
  PageHandler on_page = nullptr;

  /// Must live as long as the reader. Without it every page is read alone.
  SiteMemory* sites = nullptr;
};

/// Reads the documents of one source, which may be of any of source_formats(), packed by gzip, bzip2 or zstd or not;
/// that is told from the content. Memory stays bounded by the largest single document, not by the source.
///
/// Document ids: the source's name for a page or PDF; the `id` of a JSON Lines document (`NAME#LINE` where it has
/// none); `URL#YYYYMMDDhhmmss` in a WARC, with the time of capture; `NAME#PATH` in a ZIM; a MediaWiki page's address;
/// the DOCNO of TREC. What is longer than 200 bytes is cut, and a hash of the whole stands behind. Thread rule: one
/// thread at a time.
class LIMIER_EXPORT DocumentReader {
 public:
  /// Opens the source. What is wrong with it, now or later, goes to `on_problem`; content never throws.
  DocumentReader(const SourceFile& source, ProblemHandler on_problem, ReaderOptions options = {});
  ~DocumentReader();
  DocumentReader(DocumentReader&&) noexcept;
  DocumentReader& operator=(DocumentReader&&) noexcept;

  /// Moves the next document into `document`; false at the end.
  bool next(Document& document);

 private:
  friend class SiteMemory;

  class Impl;
  DocumentReader(std::size_t most_pages, const SourceFile& source, ProblemHandler on_problem, PageHandler on_page);

  std::unique_ptr<Impl> impl_;
};

}  // namespace limier
