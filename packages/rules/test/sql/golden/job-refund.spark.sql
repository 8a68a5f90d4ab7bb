SELECT
  id,
  CAST(CASE WHEN t_016 THEN COALESCE(t_013, (((t_019 * CAST(2 AS BIGINT)) + CAST(10 AS BIGINT)) DIV CAST(20 AS BIGINT))) END AS BIGINT) AS p_44, -- 最多可能
  CAST(CASE WHEN t_015 THEN 3 WHEN t_016 THEN 1 ELSE 0 END AS SMALLINT) AS v_44, -- 20.5 稳岗返还
  CAST(t_001 AS SMALLINT) AS c_44_01, -- 返还对象
  CAST(f_004 AS SMALLINT) AS c_44_02, -- 参保
  CAST(t_002 AS SMALLINT) AS c_44_03, -- 足额缴费
  CAST(TRUE AS SMALLINT) AS c_44_04, -- 稳定岗位
  CAST(t_006 AS SMALLINT) AS c_44_05, -- 裁员率不超限
  CAST(t_007 AS SMALLINT) AS c_44_06, -- 产业环保
  CAST(t_008 AS SMALLINT) AS c_44_07, -- 负面清单
  CAST(TRUE AS SMALLINT) AS c_44_08, -- 申领期限
  CAST(t_014 AS SMALLINT) AS c_44_09, -- 有返还额
  t_013 AS x_44_09, -- 有返还额（数）
  CAST(TRUE AS SMALLINT) AS c_44_10, -- 已施行
  CAST(CASE WHEN t_015 THEN t_013 END AS BIGINT) AS a_44, -- 应得金额
  CAST(CASE WHEN t_015 THEN 1398103 ELSE 1114368 + CASE WHEN t_016 THEN 1 ELSE 0 END + CASE WHEN t_001 THEN 4 WHEN NOT t_001 THEN 0 ELSE 8 END + CASE WHEN f_004 THEN 16 WHEN NOT f_004 THEN 0 ELSE 32 END + CASE WHEN t_002 THEN 64 WHEN NOT t_002 THEN 0 ELSE 128 END + CASE WHEN t_006 THEN 1024 WHEN NOT t_006 THEN 0 ELSE 2048 END + CASE WHEN t_007 THEN 4096 WHEN NOT t_007 THEN 0 ELSE 8192 END + CASE WHEN t_008 THEN 16384 WHEN NOT t_008 THEN 0 ELSE 32768 END + CASE WHEN t_014 THEN 262144 WHEN NOT t_014 THEN 0 ELSE 524288 END END AS BIGINT) AS s_44, -- 结论与条件
  CAST(CASE WHEN t_015 THEN t_013 WHEN t_016 THEN COALESCE(t_013, (((t_019 * CAST(2 AS BIGINT)) + CAST(10 AS BIGINT)) DIV CAST(20 AS BIGINT))) END AS BIGINT) AS b_44, -- 应得或最多可能
  t_017 AS m_44 -- 缺
FROM (
  SELECT *,
    CASE WHEN t_016 THEN CASE WHEN ((t_009 = 0) OR (t_018 = 0)) THEN CAST(0 AS BIGINT) ELSE (t_009 * t_018) END END AS t_019
  FROM (
    SELECT *,
      CASE WHEN t_016 THEN CAST(CASE WHEN (f_003 IS NULL) THEN 1 ELSE 0 END
          + CASE WHEN (f_004 IS NULL) THEN 2 ELSE 0 END
          + CASE WHEN (((f_005 AND (f_006 >= 12)) IS NULL) AND (f_005 IS NULL)) THEN 4 ELSE 0 END
          + CASE WHEN (((f_005 AND (f_006 >= 12)) IS NULL) AND (f_006 IS NULL)) THEN 8 ELSE 0 END
          + CASE WHEN (((t_006 IS NULL) AND (f_011 IS NULL)) OR ((t_006 IS NULL) AND ((((f_011 - f_012) * CAST(100 AS BIGINT)) IS NULL) OR (NOT COALESCE((f_008 > 0), FALSE))) AND (f_011 IS NULL))) THEN 16 ELSE 0 END
          + CASE WHEN (((t_006 IS NULL) AND (f_012 IS NULL)) OR ((t_006 IS NULL) AND ((((f_011 - f_012) * CAST(100 AS BIGINT)) IS NULL) OR (NOT COALESCE((f_008 > 0), FALSE))) AND (f_012 IS NULL))) THEN 32 ELSE 0 END
          + CASE WHEN (f_014 IS NULL) THEN 64 ELSE 0 END
          + CASE WHEN (f_015 IS NULL) THEN 128 ELSE 0 END
          + CASE WHEN (((t_011 IS NULL) AND (((f_003 = '企业单位') AND (f_035 = '大型')) IS NULL)) AND (f_035 IS NULL)) THEN 256 ELSE 0 END
          + CASE WHEN (f_016 IS NULL) THEN 512 ELSE 0 END
          + CASE WHEN (f_017 IS NULL) THEN 1024 ELSE 0 END
          + CASE WHEN ((((t_006 IS NULL) AND (t_005 IS NULL) AND (f_008 IS NULL)) OR ((t_006 IS NULL) AND ((((f_011 - f_012) * CAST(100 AS BIGINT)) IS NULL) OR (NOT COALESCE((f_008 > 0), FALSE))) AND (f_008 IS NULL))) OR ((t_006 IS NULL) AND ((((f_011 - f_012) * CAST(100 AS BIGINT)) IS NULL) OR (NOT COALESCE((f_008 > 0), FALSE))) AND (NOT (((f_011 - f_012) * CAST(100 AS BIGINT)) IS NULL)) AND (NOT (f_008 IS NULL)))) THEN 2048 ELSE 0 END AS BIGINT) ELSE CAST(0 AS BIGINT) END AS t_017,
      CASE WHEN t_016 THEN CASE WHEN t_010 THEN CAST(3 AS BIGINT) WHEN (NOT t_010) THEN CAST(6 AS BIGINT) ELSE CAST(6 AS BIGINT) END END AS t_018
    FROM (
      SELECT *,
        ((t_015 IS NULL) OR (t_015 AND (t_012 IS NULL))) AS t_016
      FROM (
        SELECT *,
          (t_001 AND f_004 AND t_002 AND t_006 AND t_007 AND t_008 AND t_014) AS t_015
        FROM (
          SELECT *,
            (t_013 > 0) AS t_014
          FROM (
            SELECT *,
              (((t_012 * CAST(2 AS BIGINT)) + CAST(10 AS BIGINT)) DIV CAST(20 AS BIGINT)) AS t_013
            FROM (
              SELECT *,
                (((f_011 - f_012) <= 0) OR CASE WHEN (f_008 > 0) THEN ((t_003 * CAST(1000 AS BIGINT)) <= (t_005 * f_008)) END) AS t_006,
                (t_009 * t_011) AS t_012
              FROM (
                SELECT *,
                  CASE WHEN t_004 THEN CAST(200 AS BIGINT) WHEN (NOT t_004) THEN CAST(55 AS BIGINT) END AS t_005,
                  CASE WHEN t_010 THEN CAST(3 AS BIGINT) WHEN (NOT t_010) THEN CAST(6 AS BIGINT) END AS t_011
                FROM (
                  SELECT *,
                    (f_003 IN ('企业单位', '社会团体', '基金会', '社会服务机构', '律师事务所', '会计师事务所', '个体工商户')) AS t_001,
                    (f_005 AND (f_006 >= 12)) AS t_002,
                    ((f_011 - f_012) * CAST(100 AS BIGINT)) AS t_003,
                    (f_008 <= 3000) AS t_004,
                    (NOT f_014) AS t_007,
                    (NOT f_015) AS t_008,
                    (f_016 + f_017) AS t_009,
                    ((f_003 = '企业单位') AND (f_035 = '大型')) AS t_010
                  FROM (
                    SELECT
                      s.id AS id,
                      s.f_003 AS f_003, -- 参保单位类型
                      s.f_004 AS f_004, -- 失业保险参保
                      s.f_005 AS f_005, -- 失业保险足额缴费
                      s.f_006 AS f_006, -- 累计缴费月数
                      s.f_011 AS f_011, -- 裁员人数
                      s.f_012 AS f_012, -- 不计入裁员人数
                      s.f_008 AS f_008, -- 月均参保人数
                      s.f_014 AS f_014, -- 违反产业环保政策
                      s.f_015 AS f_015, -- 列入负面清单
                      s.f_016 AS f_016, -- 单位失业保险费
                      s.f_017 AS f_017, -- 职工失业保险费
                      s.f_035 AS f_035 -- 规模
                    FROM e_06 AS s
                  ) AS s0
                ) AS s1
              ) AS s2
            ) AS s3
          ) AS s4
        ) AS s5
      ) AS s6
    ) AS s7
  ) AS s8
) AS s
