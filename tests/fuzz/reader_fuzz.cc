// Any bytes as a file: the first chooses its name, by which formats are told apart, the others are its content.
#include <sys/mman.h>
#include <unistd.h>

#include <string>

#include "article_invariants.h"
#include "limier/document_reader.h"

namespace limier {
namespace {

constexpr const char* names[] = {"page.txt", "page.html", "pages.jsonl"};

/// A file in memory.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content) : descriptor_(memfd_create("limier_fuzz", 0)) {
    require(descriptor_ >= 0, "the system gives memory");
    const auto written = write(descriptor_, content.data(), content.size());
    require(written == static_cast<ssize_t>(content.size()), "the system takes the content");
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace
}  // namespace limier

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace limier;
  if (size == 0) return 0;
  const std::string name = names[data[0] % std::size(names)];
  const MemoryFile file(text_of(data + 1, size - 1));
  DocumentReader reader({.path = file.path(), .name = name, .size = size - 1}, [](const ReadProblem&) {});
  Document document;
  while (reader.next(document)) {
    require(!document.id.empty() && document.id.size() <= 200, "an id has 1 to 200 bytes");
    check_document(document);
  }
  return 0;
}
