#include "extract/byte_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

namespace limier::extract {
namespace {

std::string system_message(int error) { return std::generic_category().message(error); }

// The bytes as they stand on the disk, through a buffer.
class FileBytes {
 public:
  explicit FileBytes(const std::string& path) : buffer_(128 * 1024) {
    owned_ = path != "-";
    descriptor_ = owned_ ? ::open(path.c_str(), O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    struct stat status {};
    if (descriptor_ < 0) {
      problem_ = "cannot be opened: " + system_message(errno);
    } else if (::fstat(descriptor_, &status) == 0 && S_ISDIR(status.st_mode)) {
      problem_ = "is a directory";
    }
  }
  ~FileBytes() {
    if (owned_ && descriptor_ >= 0) ::close(descriptor_);
  }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  /// Fills the buffer where it is used up; false at the end.
  bool fill() {
    if (next_ < end_) return true;
    if (!problem_.empty()) return false;
    next_ = end_ = 0;
    ssize_t count = 0;
    do {
      count = ::read(descriptor_, buffer_.data(), buffer_.size());
    } while (count < 0 && errno == EINTR);
    if (count < 0) problem_ = "cannot be read: " + system_message(errno);
    if (count > 0) end_ = static_cast<std::size_t>(count);
    return count > 0;
  }

  const char* data() const { return buffer_.data() + next_; }
  std::size_t size() const { return end_ - next_; }
  void skip(std::size_t count) { next_ += count; }
  const std::string& problem() const { return problem_; }

 private:
  std::vector<char> buffer_;
  std::size_t next_ = 0;
  std::size_t end_ = 0;
  int descriptor_ = -1;
  bool owned_ = false;
  std::string problem_;
};

class Decoder {
 public:
  virtual ~Decoder() = default;
  /// As ByteSource::read.
  virtual std::size_t read(FileBytes& file, char* buffer, std::size_t size, std::string& problem) = 0;
};

class PlainDecoder final : public Decoder {
 public:
  std::size_t read(FileBytes& file, char* buffer, std::size_t size, std::string&) override {
    if (!file.fill()) return 0;
    const std::size_t count = std::min(size, file.size());
    std::copy_n(file.data(), count, buffer);
    file.skip(count);
    return count;
  }
};

// One or more gzip members in a row.
class GzipDecoder final : public Decoder {
 public:
  GzipDecoder() {
    constexpr int gzip_header = 16;
    ready_ = inflateInit2(&stream_, MAX_WBITS + gzip_header) == Z_OK;
  }
  ~GzipDecoder() override { inflateEnd(&stream_); }
  GzipDecoder(const GzipDecoder&) = delete;
  GzipDecoder& operator=(const GzipDecoder&) = delete;

  std::size_t read(FileBytes& file, char* buffer, std::size_t size, std::string& problem) override {
    stream_.next_out = reinterpret_cast<Bytef*>(buffer);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size) {
      if (!file.fill()) {
        if (inside_member_ && file.problem().empty()) problem = "the gzip data are cut off";
        return 0;
      }
      if (!inside_member_ && !begin_member(file)) return 0;
      if (!inflate_some(file)) {
        problem = "the gzip data are damaged";
        return size - stream_.avail_out;
      }
    }
    return size - stream_.avail_out;
  }

 private:
  bool begin_member(const FileBytes& file) {
    // Zeros or the like may be padded behind the last member.
    if (!ready_ || file.data()[0] != '\x1F') return false;
    inside_member_ = true;
    return inflateReset(&stream_) == Z_OK;
  }

  bool inflate_some(FileBytes& file) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(file.data()));
    stream_.avail_in = static_cast<uInt>(file.size());
    const int result = inflate(&stream_, Z_NO_FLUSH);
    file.skip(file.size() - stream_.avail_in);
    if (result == Z_STREAM_END) inside_member_ = false;
    return result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR;
  }

  z_stream stream_{};
  bool ready_ = false;
  bool inside_member_ = false;
};

class ZstdDecoder final : public Decoder {
 public:
  ZstdDecoder() : stream_(ZSTD_createDStream()) {}
  ~ZstdDecoder() override { ZSTD_freeDStream(stream_); }
  ZstdDecoder(const ZstdDecoder&) = delete;
  ZstdDecoder& operator=(const ZstdDecoder&) = delete;

  std::size_t read(FileBytes& file, char* buffer, std::size_t size, std::string& problem) override {
    ZSTD_outBuffer out{buffer, size, 0};
    while (out.pos == 0) {
      // What the decoder still holds comes out without further input.
      const bool more = file.fill();
      ZSTD_inBuffer in{file.data(), more ? file.size() : 0, 0};
      const std::size_t result = ZSTD_decompressStream(stream_, &out, &in);
      file.skip(in.pos);
      if (ZSTD_isError(result) != 0U) {
        problem = std::string("the zstd data are damaged: ") + ZSTD_getErrorName(result);
        return out.pos;
      }
      if (more) inside_frame_ = result != 0;
      if (!more && out.pos == 0) {
        if (inside_frame_ && file.problem().empty()) problem = "the zstd data are cut off";
        return 0;
      }
    }
    return out.pos;
  }

 private:
  ZSTD_DStream* stream_;
  bool inside_frame_ = false;
};

std::unique_ptr<Decoder> decoder_for(std::string_view head) {
  if (head.starts_with("\x1F\x8B")) return std::make_unique<GzipDecoder>();
  if (head.starts_with("\x28\xB5\x2F\xFD")) return std::make_unique<ZstdDecoder>();
  return std::make_unique<PlainDecoder>();
}

}  // namespace

class ByteSource::Impl {
 public:
  explicit Impl(const std::string& path) : file(path) {
    file.fill();
    decoder = decoder_for({file.data(), file.size()});
    problem = file.problem();
  }

  FileBytes file;
  std::unique_ptr<Decoder> decoder;
  std::string problem;
};

ByteSource::ByteSource(const std::string& path) : impl_(std::make_unique<Impl>(path)) {}
ByteSource::~ByteSource() = default;

std::size_t ByteSource::read(char* buffer, std::size_t size) {
  if (!impl_->problem.empty() || size == 0) return 0;
  const std::size_t count = impl_->decoder->read(impl_->file, buffer, size, impl_->problem);
  if (impl_->problem.empty()) impl_->problem = impl_->file.problem();
  return count;
}

const std::string& ByteSource::problem() const { return impl_->problem; }

}  // namespace limier::extract
