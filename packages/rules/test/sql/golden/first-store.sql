SELECT
  id,
  CAST(CASE WHEN t_005 THEN CAST(3 AS BIGINT) WHEN t_006 THEN CASE WHEN ((NOT t_007 = 0) OR (NOT (NOT t_008 = 0))) THEN CAST(1 AS BIGINT) ELSE CAST(2 AS BIGINT) END ELSE CAST(0 AS BIGINT) END AS SMALLINT) AS v_05, -- 3.4 知名品牌首店奖励
  CAST(t_001 AS SMALLINT) AS c_05_01, -- 首店层级
  CAST(g_002 AS SMALLINT) AS c_05_02, -- 知名品牌
  CAST(t_002 AS SMALLINT) AS c_05_03, -- 非餐饮品牌
  CAST(t_003 AS SMALLINT) AS c_05_04, -- 已开业
  CAST(t_004 AS SMALLINT) AS c_05_05, -- 开业时段
  CAST(TRUE AS SMALLINT) AS c_05_06, -- 已施行
  CAST(CASE WHEN t_005 THEN CAST(50000000 AS BIGINT) END AS BIGINT) AS a_05, -- 应得金额
  CAST(CASE WHEN t_006 THEN CAST(50000000 AS BIGINT) END AS BIGINT) AS p_05, -- 最多可能
  t_007 AS m_05, -- 缺
  t_008 AS w_05, -- 待认定
  COALESCE(f_003, '?') AS y_05, -- 载体
  CASE WHEN t_005 THEN COALESCE(CAST(f_003 AS VARCHAR), '?') END AS k_05_1_1, -- 批零载体年度 首店.载体
  CASE WHEN t_005 THEN COALESCE(CAST(CAST(EXTRACT(YEAR FROM f_008) AS BIGINT) AS VARCHAR), '?') END AS k_05_1_2, -- 批零载体年度 口径(3.6#1)
  CAST(CASE WHEN t_005 THEN CAST(100000000 AS BIGINT) END AS BIGINT) AS l_05_1 -- 批零载体年度 限额
FROM (
  SELECT *,
    CASE WHEN t_006 THEN CAST(CASE WHEN (f_005 IS NULL) THEN 1 ELSE 0 END
        + CASE WHEN (f_004 IS NULL) THEN 2 ELSE 0 END
        + CASE WHEN (f_008 IS NULL) THEN 4 ELSE 0 END AS BIGINT) ELSE CAST(0 AS BIGINT) END AS t_007,
    CASE WHEN t_006 THEN CAST(CASE WHEN (g_002 IS NULL) THEN 1 ELSE 0 END AS BIGINT) ELSE CAST(0 AS BIGINT) END AS t_008
  FROM (
    SELECT *,
      (t_005 IS NULL) AS t_006
    FROM (
      SELECT *,
        (t_001 AND g_002 AND t_002 AND t_003 AND t_004) AS t_005
      FROM (
        SELECT *,
          list_contains(['全国', '亚洲', '全球'], f_005) AS t_001,
          (NOT list_contains(['餐饮'], f_004)) AS t_002,
          (f_008 <= DATE '2023-12-15') AS t_003,
          (f_008 >= DATE '2023-11-22') AS t_004
        FROM (
          SELECT
            s.id AS id,
            s.f_005 AS f_005, -- 层级
            s.g_002 AS g_002, -- 认定 符合要求的知名品牌
            s.f_004 AS f_004, -- 品牌业态
            s.f_008 AS f_008, -- 开业日期
            s.f_003 AS f_003 -- 载体
          FROM e_10 AS s
        ) AS s0
      ) AS s1
    ) AS s2
  ) AS s3
) AS s
