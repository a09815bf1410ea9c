#include "index/manifest.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <string_view>

#include "limier/error.h"
#include "sealed/bits.h"
#include "text/message.h"

namespace limier {
namespace {

using Json = nlohmann::json;

constexpr std::string_view extension = ".segment", damaged_extension = ".damaged";

[[noreturn]] void refuse() { throw Error(ErrorCode::Corrupt, message("the index's list of segments is damaged")); }

}  // namespace

std::string print_manifest(const Manifest& manifest) {
  Json segments = Json::array();
  for (const SegmentEntry& entry : manifest.segments)
    segments.push_back({{"file", entry.file}, {"documents", entry.documents}, {"deleted", entry.deleted}});
  return Json{{"next", manifest.next_number}, {"segments", std::move(segments)}}.dump();
}

Manifest parse_manifest(const std::string& text) {
  if (text.empty()) return {};
  try {
    const Json json = Json::parse(text);
    Manifest manifest{json.at("next").get<std::uint64_t>(), {}};
    for (const Json& entry : json.at("segments"))
      manifest.segments.push_back({entry.at("file").get<std::string>(), entry.at("documents").get<std::uint32_t>(),
                                   entry.at("deleted").get<std::uint32_t>()});
    return manifest;
  } catch (const Json::exception&) {
    refuse();
  }
}

std::string segment_file(std::uint64_t number) { return fmt::format("{:06}{}", number, extension); }

bool is_segment_file(const std::string& name) { return name.find(extension) != std::string::npos; }

std::string damaged_file(const std::string& segment) {
  return segment.substr(0, segment.find(extension)).append(damaged_extension);
}

bool is_damaged_file(const std::string& name) { return name.ends_with(damaged_extension); }

std::string print_deleted(const std::vector<DocumentNumber>& deleted) {
  std::string text;
  DocumentNumber last = 0;
  for (const DocumentNumber document : deleted) sealed::put_varint(text, document - std::exchange(last, document));
  return text;
}

std::vector<DocumentNumber> parse_deleted(const std::string& text, std::uint32_t documents) {
  std::vector<DocumentNumber> deleted;
  DocumentNumber last = 0;
  for (const char *at = text.data(), *end = at + text.size(); at < end;) {
    const std::uint64_t step = sealed::take_varint(at);
    if (at > end || step == 0 || step > documents - last) refuse();
    deleted.push_back(last += static_cast<DocumentNumber>(step));
  }
  return deleted;
}

}  // namespace limier
