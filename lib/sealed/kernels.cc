#include "sealed/kernels.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <utility>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace limier::sealed {
namespace {

constexpr std::size_t rows = block_size / lanes;

template <unsigned width>
constexpr std::uint32_t mask = width == 32 ? ~0U : (1U << width % 32) - 1;

using Unpack = void (*)(const char*, std::uint32_t*);

template <typename UnpackWidth, unsigned... widths>
constexpr std::array<Unpack, sizeof...(widths)> by_width(std::integer_sequence<unsigned, widths...>) {
  return {UnpackWidth::template run<widths>...};
}

template <typename UnpackWidth>
void unpack(const char* bytes, unsigned width, std::uint32_t* numbers) {
  static constexpr auto all = by_width<UnpackWidth>(std::make_integer_sequence<unsigned, 33>());
  all[width](bytes, numbers);
}

/// `width` is known to the compiler, so that it unrolls the loop into shifts of vectors by constants.
struct PortableUnpack {
  template <unsigned width>
  static void run(const char* bytes, std::uint32_t* numbers) {
    if constexpr (width == 0) {
      std::memset(numbers, 0, block_size * sizeof *numbers);
    } else {
      std::array<std::array<std::uint32_t, lanes>, width> words;
      std::memcpy(words.data(), bytes, sizeof words);
#pragma GCC unroll 32
      for (std::size_t row = 0; row < rows; ++row) {
        const std::size_t word = row * width / 32, shift = row * width % 32;
        for (std::size_t lane = 0; lane < lanes; ++lane) {
          std::uint32_t value = words[word][lane] >> shift;
          if (shift + width > 32) value |= words[word + 1][lane] << (32 - shift) % 32;
          numbers[row * lanes + lane] = value & mask<width>;
        }
      }
    }
  }
};

void add_up(std::uint32_t* numbers, std::uint32_t before) {
  for (std::size_t i = 0; i < block_size; ++i) numbers[i] = before += numbers[i] + 1;
}

/// Halves are chosen without a branch, which nobody could foretell.
std::size_t count_below(const std::uint32_t* numbers, std::uint32_t target) {
  std::size_t count = 0;
  for (std::size_t half = block_size / 2; half > 0; half /= 2)
    count += half * static_cast<std::size_t>(numbers[count + half - 1] < target);
  return count + static_cast<std::size_t>(numbers[count] < target);
}

void count_below_each(const std::uint32_t* numbers, std::span<const std::uint32_t> targets, std::uint8_t* counts) {
  for (const std::uint32_t target : targets) *counts++ = static_cast<std::uint8_t>(count_below(numbers, target));
}

std::uint64_t within(const Days* days, std::uint64_t documents, const Days& range) {
  return retain_bits(documents, [&](std::uint32_t place) { return days[place].are_within(range); });
}

std::uint64_t read_positions(const CodedPositions& coded, std::size_t from, std::uint64_t bit,
                             std::span<const std::uint8_t> some, std::uint32_t* positions) {
  return coded.read(from, bit, some, positions, place_of_zero);
}

#if defined(__x86_64__)

#define LIMIER_AVX2 [[gnu::target("avx2,bmi,bmi2")]]

/// Two rows at a time, the second of which begins `width` bits behind the first; a shift by 32 or more leaves nothing.
struct Avx2Unpack {
  template <unsigned width>
  LIMIER_AVX2 static void run(const char* bytes, std::uint32_t* numbers) {
    if constexpr (width == 0) {
      std::memset(numbers, 0, block_size * sizeof *numbers);
    } else {
#pragma GCC unroll 16
      for (unsigned row = 0; row < rows; row += 2) {
        constexpr unsigned last = width - 1;  // words in a lane
        const unsigned one = row * width / 32, other = (row + 1) * width / 32;
        const int shift = static_cast<int>(row * width % 32), other_shift = static_cast<int>((row + 1) * width % 32);
        const __m256i low = _mm256_srlv_epi32(words(bytes, one, other), both(shift, other_shift));
        const __m256i high =
            _mm256_sllv_epi32(words(bytes, one < last ? one + 1 : one, other < last ? other + 1 : other),
                              both(32 - shift, 32 - other_shift));
        const __m256i values =
            _mm256_and_si256(_mm256_or_si256(low, high), _mm256_set1_epi32(static_cast<int>(mask<width>)));
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(numbers + row * lanes), values);
      }
    }
  }

 private:
  LIMIER_AVX2 static __m256i words(const char* bytes, unsigned one, unsigned other) {
    const auto* const all = reinterpret_cast<const __m128i*>(bytes);
    return _mm256_inserti128_si256(_mm256_castsi128_si256(_mm_loadu_si128(all + one)), _mm_loadu_si128(all + other), 1);
  }

  LIMIER_AVX2 static __m256i both(int one, int other) {
    return _mm256_setr_epi32(one, one, one, one, other, other, other, other);
  }
};

/// Eight sums at a time: within halves by shifting, then the lower half's last is added to the upper.
LIMIER_AVX2 void add_up_avx2(std::uint32_t* numbers, std::uint32_t before) {
  const __m256i last = _mm256_set1_epi32(7), ones = _mm256_set1_epi32(1);
  __m256i sum = _mm256_set1_epi32(static_cast<int>(before));
  for (std::size_t i = 0; i < block_size; i += 8) {
    auto* const at = reinterpret_cast<__m256i*>(numbers + i);
    __m256i eight = _mm256_add_epi32(_mm256_loadu_si256(at), ones);
    eight = _mm256_add_epi32(eight, _mm256_slli_si256(eight, 4));
    eight = _mm256_add_epi32(eight, _mm256_slli_si256(eight, 8));
    const __m256i lower = _mm256_shuffle_epi32(_mm256_permute2x128_si256(eight, eight, 0x08), 0xFF);
    sum = _mm256_add_epi32(sum, _mm256_add_epi32(eight, lower));
    _mm256_storeu_si256(at, sum);
    sum = _mm256_permutevar8x32_epi32(sum, last);
  }
}

/// In the quarter where the target stands, which the ends of the others tell, all are looked at: none depends on
/// another.
LIMIER_AVX2 std::size_t count_below_avx2(const std::uint32_t* numbers, std::uint32_t target) {
  constexpr std::size_t quarter = block_size / 4;
  std::size_t count = 0;
  for (std::size_t end = quarter; end < block_size; end += quarter)
    count += quarter * static_cast<std::size_t>(numbers[end - 1] < target);
  const __m256i targets = _mm256_set1_epi32(static_cast<int>(target));
  __m256i not_below = _mm256_setzero_si256();  // eight counts, negative
  for (std::size_t i = 0; i < quarter; i += 8) {
    const __m256i eight = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(numbers + count + i));
    not_below = _mm256_add_epi32(not_below, _mm256_cmpeq_epi32(_mm256_max_epu32(eight, targets), eight));
  }
  __m128i four = _mm_add_epi32(_mm256_castsi256_si128(not_below), _mm256_extracti128_si256(not_below, 1));
  four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0x4E));
  four = _mm_add_epi32(four, _mm_shuffle_epi32(four, 0xB1));
  return count + quarter + static_cast<std::size_t>(_mm_cvtsi128_si32(four));
}

LIMIER_AVX2 __m256i eight_at(const std::uint32_t* numbers) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(numbers));
}

/// Which of eight ascending numbers is the first that is not below the target, in all places; 8 for none.
LIMIER_AVX2 unsigned first_not_below(__m256i eight, __m256i target) {
  const __m256i not_below = _mm256_cmpeq_epi32(_mm256_max_epu32(eight, target), eight);
  const int bits = _mm256_movemask_ps(_mm256_castsi256_ps(not_below));
  return static_cast<unsigned>(_tzcnt_u32(0x100U | static_cast<unsigned>(bits)));
}

/// The last numbers of each sixteen tell among which the target stands; both halves of these are looked at.
LIMIER_AVX2 void count_below_each_avx2(const std::uint32_t* numbers, std::span<const std::uint32_t> targets,
                                       std::uint8_t* counts) {
  constexpr unsigned sixteen = 16;
  const __m256i places = _mm256_setr_epi32(15, 31, 47, 63, 79, 95, 111, 127);
  const __m256i lasts = _mm256_i32gather_epi32(reinterpret_cast<const int*>(numbers), places, sizeof *numbers);
  for (const std::uint32_t target : targets) {
    const __m256i all = _mm256_set1_epi32(static_cast<int>(target));
    const unsigned begin = sixteen * first_not_below(lasts, all);
    *counts++ = static_cast<std::uint8_t>(begin + first_not_below(eight_at(numbers + begin), all) +
                                          first_not_below(eight_at(numbers + begin + 8), all));
  }
}

/// Four at a time: of each, the first day has a least number and none that is the greatest, the last day the other way
/// round.
LIMIER_AVX2 std::uint64_t within_avx2(const Days* days, std::uint64_t documents, const Days& range) {
  constexpr auto any = static_cast<std::int64_t>(std::numeric_limits<std::int32_t>::max());
  const auto pair = [](std::int64_t first, std::int64_t last) { return last << 32 | (first & 0xFFFF'FFFF); };
  const __m256i below = _mm256_set1_epi64x(pair(std::int64_t{std::max(range.first, 1U)} - 1, -1));
  const __m256i above = _mm256_set1_epi64x(pair(any, std::min(std::int64_t{range.last} + 1, any)));
  const __m256i both = _mm256_set1_epi64x(-1);
  std::uint64_t found = 0;
  for (unsigned i = 0; i < 64; i += 4) {
    const __m256i four = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(days + i));
    const __m256i in = _mm256_and_si256(_mm256_cmpgt_epi32(four, below), _mm256_cmpgt_epi32(above, four));
    const int bits = _mm256_movemask_pd(_mm256_castsi256_pd(_mm256_cmpeq_epi64(in, both)));
    found |= static_cast<std::uint64_t>(bits) << i;
  }
  return found & documents;
}

/// Puts a single bit where the zero is that ends the last of several.
struct PlaceOfZeroBmi2 {
  LIMIER_AVX2 unsigned operator()(std::uint32_t numbers, std::uint64_t zeros) const {
    return static_cast<unsigned>(_tzcnt_u64(_pdep_u64(std::uint64_t{2} << (numbers - 2) % 64, zeros)));
  }
};

LIMIER_AVX2 std::uint64_t read_positions_bmi2(const CodedPositions& coded, std::size_t from, std::uint64_t bit,
                                              std::span<const std::uint8_t> some, std::uint32_t* positions) {
  return coded.read(from, bit, some, positions, PlaceOfZeroBmi2());
}

constexpr Kernels for_avx2{unpack<Avx2Unpack>,    add_up_avx2, count_below_avx2,
                           count_below_each_avx2, within_avx2, read_positions_bmi2};

#endif

}  // namespace

const Kernels portable_kernels{unpack<PortableUnpack>, add_up, count_below, count_below_each, within, read_positions};

const Kernels* avx2_kernels() {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("bmi2") != 0) return &for_avx2;
#endif
  return nullptr;
}

const Kernels& kernels() {
  static const Kernels& chosen = avx2_kernels() != nullptr ? *avx2_kernels() : portable_kernels;
  return chosen;
}

}  // namespace limier::sealed
