#include "container/raw_bytes.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <utility>

#include "text/message.h"

namespace limier::container {
namespace {

class FileBytes final : public RawBytes {
 public:
  explicit FileBytes(const std::string& path) {
    owned_ = path != "-";
    descriptor_ = owned_ ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    struct stat status {};
    if (descriptor_ < 0) {
      problem_ = message("cannot be opened: {}", system_message(errno));
    } else if (::fstat(descriptor_, &status) == 0 && S_ISDIR(status.st_mode)) {
      problem_ = message("is a directory");
    }
  }
  ~FileBytes() override {
    if (owned_ && descriptor_ >= 0) ::close(descriptor_);
  }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

 private:
  bool refill() override {
    ssize_t count = 0;
    do {
      count = ::read(descriptor_, buffer_.get(), buffer_size);
    } while (count < 0 && errno == EINTR);
    if (count < 0) problem_ = message("cannot be read: {}", system_message(errno));
    if (count > 0) window_ = {buffer_.get(), static_cast<std::size_t>(count)};
    return count > 0;
  }

  static constexpr std::size_t buffer_size = 128 * 1024;
  std::unique_ptr<char[]> buffer_ = std::make_unique_for_overwrite<char[]>(buffer_size);
  int descriptor_ = -1;
  bool owned_ = false;
};

class MemoryBytes final : public RawBytes {
 public:
  explicit MemoryBytes(std::string bytes) : bytes_(std::move(bytes)) { window_ = bytes_; }

 private:
  bool refill() override { return false; }

  std::string bytes_;
};

}  // namespace

std::unique_ptr<RawBytes> open_file(const std::string& path) { return std::make_unique<FileBytes>(path); }

std::unique_ptr<RawBytes> open_memory(std::string bytes) { return std::make_unique<MemoryBytes>(std::move(bytes)); }

}  // namespace limier::container
