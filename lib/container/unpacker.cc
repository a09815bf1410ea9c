#include "container/unpacker.h"

#include <brotli/decode.h>
#include <bzlib.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <limits>

namespace limier::container {
namespace {

// What zlib and bzip2 can count in one step.
unsigned countable(std::size_t size) {
  return static_cast<unsigned>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
}

// zlib and bzip2 share their interface down to the names of its members.
template <class Stream>
void hand_over(Stream& stream, std::string_view in, char* out, std::size_t room) {
  stream.next_in = reinterpret_cast<decltype(stream.next_in)>(const_cast<char*>(in.data()));
  stream.avail_in = countable(in.size());
  stream.next_out = reinterpret_cast<decltype(stream.next_out)>(out);
  stream.avail_out = countable(room);
}

template <class Stream>
void take_back(const Stream& stream, std::string_view& in, char*& out, std::size_t& room) {
  in.remove_prefix(countable(in.size()) - stream.avail_in);
  const std::size_t written = countable(room) - stream.avail_out;
  out += written;
  room -= written;
}

class Inflater final : public Unpacker {
 public:
  explicit Inflater(Packing packing) : gzip_(packing == Packing::Gzip) {
    ready_ = inflateInit2(&stream_, gzip_ ? gzip_window : MAX_WBITS) == Z_OK;
  }
  ~Inflater() override { inflateEnd(&stream_); }
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  bool begin(std::string_view head) override {
    if (!ready_) return false;
    if (gzip_) return head[0] == '\x1F' && inflateReset(&stream_) == Z_OK;
    if (begun_) return false;
    begun_ = true;
    // RFC 1950: method 8 in the low bits, and the first two bytes are a multiple of 31.
    const auto byte = [head](std::size_t i) { return i < head.size() ? static_cast<unsigned char>(head[i]) : 0U; };
    const bool zlib_header = (byte(0) & 0x0FU) == 8 && (byte(0) * 256 + byte(1)) % 31 == 0;
    return inflateReset2(&stream_, zlib_header ? MAX_WBITS : -MAX_WBITS) == Z_OK;
  }

  Step step(std::string_view& in, char*& out, std::size_t& room) override {
    hand_over(stream_, in, out, room);
    const int result = inflate(&stream_, Z_NO_FLUSH);
    take_back(stream_, in, out, room);
    if (result == Z_STREAM_END) return Step::End;
    return result == Z_OK || result == Z_BUF_ERROR ? Step::Going : Step::Damaged;
  }

 private:
  static constexpr int gzip_window = MAX_WBITS + 16;

  z_stream stream_{};
  bool gzip_;
  bool ready_ = false;
  bool begun_ = false;
};

class Bunzipper final : public Unpacker {
 public:
  Bunzipper() = default;
  ~Bunzipper() override { close(); }
  Bunzipper(const Bunzipper&) = delete;
  Bunzipper& operator=(const Bunzipper&) = delete;

  // Dumps of Wikipedia are many streams in a row.
  bool begin(std::string_view head) override {
    if (head[0] != 'B') return false;
    close();
    stream_ = {};
    open_ = BZ2_bzDecompressInit(&stream_, 0, 0) == BZ_OK;
    return open_;
  }

  Step step(std::string_view& in, char*& out, std::size_t& room) override {
    hand_over(stream_, in, out, room);
    const int result = BZ2_bzDecompress(&stream_);
    take_back(stream_, in, out, room);
    if (result == BZ_STREAM_END) return Step::End;
    return result == BZ_OK ? Step::Going : Step::Damaged;
  }

 private:
  void close() {
    if (open_) BZ2_bzDecompressEnd(&stream_);
    open_ = false;
  }

  bz_stream stream_{};
  bool open_ = false;
};

class ZstdUnpacker final : public Unpacker {
 public:
  ZstdUnpacker() : stream_(ZSTD_createDStream()) {}
  ~ZstdUnpacker() override { ZSTD_freeDStream(stream_); }
  ZstdUnpacker(const ZstdUnpacker&) = delete;
  ZstdUnpacker& operator=(const ZstdUnpacker&) = delete;

  bool begin(std::string_view) override { return true; }

  Step step(std::string_view& in, char*& out, std::size_t& room) override {
    ZSTD_inBuffer from{in.data(), in.size(), 0};
    ZSTD_outBuffer to{out, room, 0};
    const std::size_t result = ZSTD_decompressStream(stream_, &to, &from);
    in.remove_prefix(from.pos);
    out += to.pos;
    room -= to.pos;
    if (ZSTD_isError(result) != 0U) return Step::Damaged;
    return result == 0 ? Step::End : Step::Going;
  }

 private:
  ZSTD_DStream* stream_;
};

class BrotliUnpacker final : public Unpacker {
 public:
  BrotliUnpacker() : state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr)) {}
  ~BrotliUnpacker() override { BrotliDecoderDestroyInstance(state_); }
  BrotliUnpacker(const BrotliUnpacker&) = delete;
  BrotliUnpacker& operator=(const BrotliUnpacker&) = delete;

  bool begin(std::string_view) override { return BrotliDecoderIsUsed(state_) == BROTLI_FALSE; }

  Step step(std::string_view& in, char*& out, std::size_t& room) override {
    std::size_t left = in.size();
    const auto* from = reinterpret_cast<const std::uint8_t*>(in.data());
    auto* to = reinterpret_cast<std::uint8_t*>(out);
    const BrotliDecoderResult result = BrotliDecoderDecompressStream(state_, &left, &from, &room, &to, nullptr);
    in.remove_prefix(in.size() - left);
    out = reinterpret_cast<char*>(to);
    if (result == BROTLI_DECODER_RESULT_SUCCESS) return Step::End;
    return result == BROTLI_DECODER_RESULT_ERROR ? Step::Damaged : Step::Going;
  }

 private:
  BrotliDecoderState* state_;
};

}  // namespace

Packing packing_of(std::string_view head) {
  if (head.starts_with("\x1F\x8B")) return Packing::Gzip;
  if (head.starts_with("\x28\xB5\x2F\xFD")) return Packing::Zstd;
  // `BZh` alone could begin a text; the mark of the first block, or of an empty stream, follows the level.
  const std::string_view block = head.substr(std::min<std::size_t>(head.size(), 4), 3);
  if (head.starts_with("BZh") && (block == "1AY" || block == "\x17\x72\x45")) return Packing::Bzip2;
  return Packing::None;
}

std::string_view name_of(Packing packing) {
  switch (packing) {
    case Packing::Gzip:
      return "gzip";
    case Packing::Deflate:
      return "deflate";
    case Packing::Bzip2:
      return "bzip2";
    case Packing::Zstd:
      return "zstd";
    case Packing::Brotli:
      return "brotli";
    case Packing::None:
      break;
  }
  return "plain";
}

std::unique_ptr<Unpacker> make_unpacker(Packing packing) {
  switch (packing) {
    case Packing::Gzip:
    case Packing::Deflate:
      return std::make_unique<Inflater>(packing);
    case Packing::Bzip2:
      return std::make_unique<Bunzipper>();
    case Packing::Zstd:
      return std::make_unique<ZstdUnpacker>();
    case Packing::Brotli:
      return std::make_unique<BrotliUnpacker>();
    case Packing::None:
      break;
  }
  return nullptr;
}

}  // namespace limier::container
