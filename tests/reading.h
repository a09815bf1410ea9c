#pragma once

#include <doctest/doctest.h>
#include <limier/document_reader.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "temporary_directory.h"

// Files for the reader, and what it reads from them.
namespace limier::test {

class Folder {
 public:
  const std::string& path() const { return directory_.path(); }
  std::string write(const std::string& name, const std::string& bytes) const {
    const std::filesystem::path file = directory_ / name;
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << bytes;
    return file.string();
  }

 private:
  TemporaryDirectory directory_;
};

struct Reading {
  std::vector<Document> documents;
  std::vector<ReadProblem> problems;
};

inline Reading read_all(const std::string& path) {
  Reading reading;
  const auto note = [&](const ReadProblem& problem) { reading.problems.push_back(problem); };
  for (const SourceFile& source : find_sources(path, note)) {
    DocumentReader reader(source, note);
    Document document;
    while (reader.next(document)) reading.documents.push_back(document);
  }
  return reading;
}

inline Reading read_bytes(const std::string& name, const std::string& bytes) {
  const Folder folder;
  return read_all(folder.write(name, bytes));
}

/// As zlib writes it with `window_bits`: 15 is RFC 1950, -15 is RFC 1951, 31 is gzip.
inline std::string deflated(const std::string& text, int window_bits) {
  z_stream stream{};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

inline std::string gzip(const std::string& text) { return deflated(text, MAX_WBITS + 16); }

inline std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

}  // namespace limier::test
